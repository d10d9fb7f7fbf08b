from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ....tools.arguments import Answers

KINDS = {
    "end": "new_date",
    "budget": "new_amount",
    "strategy": "new_text",
    "target": "new_amount",
    "due": "new_date",
}
ASKED = frozenset(
    (
        *("plan_id", "kind", "reason", "effect", "new_date", "new_amount", "new_text"),
        *("objective_id", "milestone_id"),
    )
)


class CrmAccountPlanChange(models.Model):
    """What was approved is to be another: asked, judged, decided by somebody else. The
    plan follows, and keeps a version."""

    _name = "crm.account.plan.change"
    _description = "Change of a plan"
    _inherit = ["crm.four.eyes.mixin"]
    _order = "id desc"
    _rec_name = "reason"
    _decided = (
        *("state", "asked_by_id", "asked_on", "decided_by_id", "decided_at"),
        *("refusal_reason", "involved_ids"),
    )

    plan_id = fields.Many2one(
        comodel_name="crm.account.plan",
        string="Account Plan",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="plan_id.company_id", export_string_translation=False
    )
    partner_id = fields.Many2one(related="plan_id.partner_id")
    currency_id = fields.Many2one(related="plan_id.currency_id")
    kind = fields.Selection(
        selection=[
            ("end", "Last day"),
            ("budget", "Budget"),
            ("strategy", "Strategy"),
            ("target", "Target of an objective"),
            ("due", "Day of a milestone"),
        ],
        string="What",
        required=True,
        default="due",
    )
    reason = fields.Char(string="Why", required=True)
    effect = fields.Char(
        string="What It Means",
        help="What it means for objectives, time and cost. Whoever decides reads it.",
    )
    objective_id = fields.Many2one(
        comodel_name="crm.account.plan.objective",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('plan_id', '=', plan_id)]",
    )
    milestone_id = fields.Many2one(
        comodel_name="crm.account.plan.milestone",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('plan_id', '=', plan_id)]",
    )
    new_date = fields.Date(string="New Day")
    new_amount = fields.Float(string="New Figure", digits=(16, 2), aggregator=None)
    new_text = fields.Text()
    state = fields.Selection(
        selection=[
            ("asked", "To Decide"),
            ("approved", "Approved"),
            ("refused", "Refused"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="asked",
        copy=False,
        index=True,
    )
    asked_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Change Asked By",
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: self.env.user,
    )
    asked_on = fields.Date(
        string="Change Asked On",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user._get_relations_today(),
    )
    involved_ids = fields.Many2many(relation="crm_account_plan_change_involved_rel")

    @api.depends("involved_ids")
    def _compute_may_decide(self):
        return super()._compute_may_decide()

    @api.model_create_multi
    def create(self, vals_list):
        changes = super().create(vals_list)
        changes._check_asked()
        return changes

    def write(self, vals):
        if not self.env.su:
            self._check_asked()
            self._involve()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_while_asked(self):
        self._check_asked()

    @api.constrains(*ASKED)
    def _check_change(self):
        for change in self:
            plan = change.plan_id
            if change.kind == "target" and change.objective_id.plan_id != plan:
                raise ValidationError(self.env._("Choose an objective of this plan."))
            if change.kind == "due" and change.milestone_id.plan_id != plan:
                raise ValidationError(self.env._("Choose a milestone of this plan."))
            name = KINDS[change.kind]
            if name != "new_amount" and not change[name]:
                raise ValidationError(
                    self.env._(
                        "%s: say what it is to be.",
                        self._fields[name]._description_string(self.env),
                    )
                )
            change._check_period()

    def _check_period(self):
        """Refuse an end before what is still to be reached, and a milestone beyond the
        end: whoever approves it would be refused."""
        plan, day = self.plan_id, self.new_date
        if self.kind == "due":
            self.milestone_id._check_lies_within(day, plan.date_end)
        elif self.kind == "end":
            if day < plan.date_start:
                raise ValidationError(
                    self.env._("A plan ends on the day it begins, or later.")
                )
            for milestone in plan.milestone_ids.filtered(lambda one: not one.done_on):
                milestone._check_lies_within(milestone.due, day)

    def _check_asked(self):
        if self.env.su:
            return
        self.plan_id._check_worked_on()
        for change in self.sudo():  # Superuser: as it is now
            if change.state != "asked" or change.plan_id.state != "approved":
                raise UserError(
                    self.env._(
                        "Changes are asked for while a plan is in force; what was "
                        "decided stays as it is."
                    )
                )

    def approve(self) -> Answers:
        """Approve these changes: the plan follows, and keeps a version.

        The leader of the team of the plan's owner, and relations managers; never who
        has written it, asked for it or answers for the plan, nor the customer's
        salesperson.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (decided already, or the plan is not in force)
        """
        return self._approve(self.env._("The plan is changed."))

    def _get_hindrances(self):
        over = self.filtered(lambda change: change.plan_id.state != "approved")
        word = self.env._("The plan is not in force any more.")
        return super()._get_hindrances() | dict.fromkeys(over.ids, word)

    def _follow_decision(self, state):
        if state == "approved":
            self._apply_all()
        return super()._follow_decision(state)

    def _apply_all(self):
        for change in self:
            change._apply()
        for plan in self.plan_id:
            plan.version_ids._keep_of(plan)

    def _apply(self):
        """Write what was approved, as superuser."""
        getattr(self, f"_apply_{self.kind}")()

    def _apply_end(self):
        plan = self.plan_id
        plan.date_end = self.new_date
        plan.review_ids._plan_for(plan)

    def _apply_budget(self):
        self.plan_id.budget = self.new_amount

    def _apply_strategy(self):
        self.plan_id.strategy = self.new_text

    def _apply_target(self):
        self.objective_id.target = self.new_amount

    def _apply_due(self):
        self.milestone_id.due = self.new_date

    def _get_no_deciders(self):
        """Return ``{id: why}`` of those on which the caller does not decide."""
        user = self.env.user
        plans = self.sudo().plan_id.with_env(self.env)  # Superuser: asked below
        denied = plans._get_no_deciders()
        own = self.env._("You have written it or asked for it: somebody else decides.")
        found = {}
        for change in self.sudo():
            asked = change.asked_by_id | change.create_uid | change.involved_ids
            if user._is_among(asked):
                found[change.id] = own
            elif change.plan_id.id in denied:
                found[change.id] = denied[change.plan_id.id]
        return found
