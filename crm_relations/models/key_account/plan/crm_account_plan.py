from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

STATES = [
    ("draft", "Draft"),
    ("asked", "To Approve"),
    ("approved", "In Force"),
    ("ended", "Ended"),
]
# What only the buttons write.
DECIDED = (
    *("state", "asked_at", "asked_by_id", "decided_at", "decided_by_id"),
    *("refusal_reason", "ended_on", "end_reason", "involved_ids"),
)
# What somebody else has approved: changed by a change only.
FIXED = frozenset(
    ("partner_id", "date_start", "date_end", "strategy", "budget", "objective_ids")
)


class CrmAccountPlan(models.Model):
    """What is to be reached with a customer in a period, and how: written by who works
    with it, approved by somebody else. From then on what was approved changes only by
    a change that somebody else decides on; what happens is kept beside it.
    """

    _name = "crm.account.plan"
    _description = "Account Plan"
    _inherit = ["crm.four.eyes.mixin", "crm.customer.line.mixin", "crm.colleague.mixin"]
    _order = "date_start desc, id desc"
    _decided = DECIDED

    name = fields.Char(required=True, default=lambda self: self._default_name())
    partner_id = fields.Many2one(
        readonly=False, domain="[('is_managed_customer', '=', True)]"
    )
    company_id = fields.Many2one(
        compute="_compute_company", store=True, precompute=True
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        compute="_compute_company",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Plan Owner",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Answers for the plan. Figures are measured with the rights of this "
        "colleague.",
    )
    date_start = fields.Date(string="First Day", required=True, index=True)
    date_end = fields.Date(string="Last Day", required=True)
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
    )
    strategy = fields.Text(help="How the objectives are reached.")
    strengths = fields.Text(help="What speaks for us at this customer.")
    weaknesses = fields.Text(help="What speaks against us at this customer.")
    competitor_ids = fields.One2many(related="partner_id.competitor_ids")
    competitor_note = fields.Text(
        string="What Competitors Do",
        help="Beside what the archive knows of competitors at this customer.",
    )
    budget = fields.Monetary(help="What all resources may cost.")
    objective_ids = fields.One2many(
        comodel_name="crm.account.plan.objective",
        inverse_name="plan_id",
        string="Objectives",
        copy=True,
    )
    milestone_ids = fields.One2many(
        comodel_name="crm.account.plan.milestone",
        inverse_name="plan_id",
        string="Milestones",
        copy=True,
    )
    action_ids = fields.One2many(
        comodel_name="crm.account.plan.action",
        inverse_name="plan_id",
        string="Actions",
        copy=True,
    )
    risk_ids = fields.One2many(
        comodel_name="crm.account.plan.risk",
        inverse_name="plan_id",
        string="Risks",
        copy=True,
    )
    resource_ids = fields.One2many(
        comodel_name="crm.account.plan.resource",
        inverse_name="plan_id",
        string="Resources",
        copy=True,
    )
    check_ids = fields.One2many(
        comodel_name="crm.account.plan.check",
        inverse_name="plan_id",
        string="Quality Checks",
        copy=True,
    )
    change_ids = fields.One2many(
        comodel_name="crm.account.plan.change",
        inverse_name="plan_id",
        string="Changes",
    )
    version_ids = fields.One2many(
        comodel_name="crm.account.plan.version",
        inverse_name="plan_id",
        string="Versions",
    )
    review_ids = fields.One2many(
        comodel_name="crm.account.plan.review",
        inverse_name="plan_id",
        string="Reviews",
    )
    asked_at = fields.Datetime(string="Sent for Approval On", readonly=True, copy=False)
    asked_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Sent for Approval By",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    ended_on = fields.Date(readonly=True, copy=False)
    end_reason = fields.Char(string="Ended Because", readonly=True, copy=False)
    involved_ids = fields.Many2many(relation="crm_account_plan_involved_rel")

    _period = models.Constraint(
        "CHECK(date_end >= date_start)", "A plan ends on the day it begins, or later."
    )
    _budget_positive = models.Constraint(
        "CHECK(budget >= 0)", "A budget is not below zero."
    )

    @api.model
    def _default_name(self):
        return self.env._("Plan %s", self.env.user._get_relations_today().year)

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for plan in self:
            # Superuser: the name of the customer, to who may read the plan.
            names = [plan.sudo().partner_id.name, plan.name]
            plan.display_name = " · ".join(filter(None, names))

    @api.depends("partner_id")
    def _compute_company(self):
        for plan in self:
            plan.company_id = plan.partner_id.company_id
            plan.currency_id = plan.partner_id._get_relation_company().currency_id

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        plans._check_customer()
        return plans

    def write(self, vals):
        if not self.env.su:
            self._check_worked_on()
            self._check_open(vals)
            if not FIXED.isdisjoint(vals):
                self._involve()
        result = super().write(vals)
        if "partner_id" in vals:
            self._check_customer()
        if "user_id" in vals:
            self._check_owner()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        # Also for code with all rights: what was approved is evidence.
        if any(plan.state != "draft" for plan in self):
            raise UserError(self.env._("Only a draft is deleted: the others stay."))

    @api.constrains("partner_id", "date_start", "date_end", "state")
    def _check_overlap(self):
        open_ones = self.filtered(lambda plan: plan.state != "ended")
        open_ones._lock_customers()
        # Superuser: also plans that the caller does not see.
        for plan in open_ones.sudo():
            other = plan.search(
                [
                    ("id", "!=", plan.id),
                    ("partner_id", "=", plan.partner_id.id),
                    ("state", "!=", "ended"),
                    ("date_start", "<=", plan.date_end),
                    ("date_end", ">=", plan.date_start),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "First Day, Last Day: %(customer)s has “%(plan)s” from "
                        "%(start)s to %(end)s already. Plans of a customer do not "
                        "overlap.",
                        customer=plan.partner_id.name,
                        plan=other.name,
                        start=self.env.user._tell_day(other.date_start),
                        end=self.env.user._tell_day(other.date_end),
                    )
                )

    @api.constrains("date_start", "date_end")
    def _check_milestones(self):
        self.milestone_ids.filtered(lambda one: not one.done_on)._check_days()

    def _overlaps(self, other):
        return self.date_start <= other.date_end and other.date_start <= self.date_end

    def _lock_customers(self):
        """Let two who plan for the same customer at once not miss each other: the
        second begins anew, and sees the first."""
        if ids := sorted(self.sudo().partner_id.ids):  # Superuser: only their rows
            self.env.execute_query(
                SQL(
                    "UPDATE res_partner SET write_uid = write_uid WHERE id = ANY(%s)"
                    " RETURNING id",
                    ids,
                )
            )

    def _check_customer(self):
        """:raise ValidationError, AccessError: no customer, or not the caller's"""
        problem = self.env["crm.key.account.nomination"]._get_customer_problem
        # Superuser: what it is; whether the caller works with it is asked below.
        for partner in self.sudo().partner_id:
            if word := problem(partner):
                raise ValidationError(word)
        # Not whoever names himself its owner.
        self._check_worked_on(as_owner=False)
        self._check_owner()

    def _check_worked_on(self, as_owner=True):
        """:param as_owner: the owner of a plan may as well
        :raise AccessError: the caller does not work with the customer
        """
        if self.env.su:
            return
        allowed = self.partner_id._filter_may_put_off()
        for plan in self:
            owns = as_owner and plan.user_id == self.env.user
            if plan.partner_id not in allowed and not owns:
                raise AccessError(
                    self.env._(
                        "%s: only its salesperson, who works along, the plan owner, "
                        "the leader of the team or a relations manager plans for it.",
                        plan.partner_id.display_name,
                    )
                )

    def _check_owner(self):
        """Figures are measured with the rights of the owner: nobody names one who may
        read more than he.

        :raise AccessError: names whom one may choose
        """
        if self.env.su or self.env.user.has_group(
            "crm_relations.group_relations_manager"
        ):
            return
        # Superuser: who leads whom, and whose customer it is.
        for plan in self.sudo():
            owner, user = plan.user_id, self.env.user
            if not (owner in (user, plan.partner_id.user_id) or owner._is_led_by(user)):
                raise AccessError(
                    self.env._(
                        "Plan Owner: choose yourself, the salesperson of the customer, "
                        "or somebody of the team that you lead."
                    )
                )

    def _check_open(self, vals):
        """:raise UserError: what was asked for or approved is not edited"""
        for plan in self.sudo():  # Superuser: as it is now
            if plan.state == "draft":
                continue
            if plan.state != "approved":
                raise UserError(
                    self.env._(
                        "Only a draft is edited. Take back what you have asked for; an "
                        "ended plan stays as it is."
                    )
                )
            if not FIXED.isdisjoint(vals):
                raise UserError(
                    self.env._(
                        "This was approved. Ask for a change: somebody else decides."
                    )
                )

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def _get_history_line(self):
        """Return what the timeline of the customer shows."""
        # Superuser: names of colleagues.
        plan = self.sudo()
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "date": self.env.user._tell_day(plan.date_start),
            "title": self.env._("Account plan: %(state)s", state=states[plan.state]),
            "text": " · ".join(filter(None, [plan.name, plan.end_reason])),
            "by": plan.user_id.name or "",
        }
