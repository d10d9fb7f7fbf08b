from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.crm_relations.tools.sentences import join_words

STATES = [
    ("draft", "Planned"),
    ("running", "Under Way"),
    ("done", "Done"),
    ("dropped", "Dropped"),
]
OPEN = ("draft", "running")
# What follows from methods and figures.
DECIDED = frozenset(
    (
        *("state", "result", "finished_at", "finished_on"),
        *("last_points", "last_count", "last_on"),
    )
)


class CrmSatisfactionPlan(models.Model):
    """How a factor is to get better: with a person or a team, by whom, until when, and
    whether it did."""

    _name = "crm.satisfaction.plan"
    _description = "Improvement plan"
    _inherit = [
        *("mail.thread", "mail.activity.mixin"),
        *("crm.colleague.mixin", "crm.answer.mixin"),
    ]
    _order = "due_on, id"

    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, precompute=True
    )
    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        required=True,
        index=True,
        ondelete="cascade",
    )
    factor_id = fields.Many2one(
        comodel_name="crm.satisfaction.factor",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('study_id', '=', study_id)]",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    person_id = fields.Many2one(
        comodel_name="res.users",
        string="Employee",
        index="btree_not_null",
        domain="[('share', '=', False)]",
        help="Whose score is to get better. Empty: that of the team, or of all.",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        index="btree_not_null",
        ondelete="restrict",
        help="Whose score is to get better.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Owner",
        required=True,
        index=True,
        tracking=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="Who does it.",
    )
    supervisor_id = fields.Many2one(
        comodel_name="res.users",
        index="btree_not_null",
        tracking=True,
        domain="[('share', '=', False)]",
        help="Is told every day while it is overdue.",
    )
    target = fields.Float(
        string="Target (Points)",
        digits=(4, 1),
        aggregator=None,
        help="Points to be reached, of 100.",
    )
    cause = fields.Text(help="Why the score is what it is.")
    measure = fields.Text(help="What is done about it.")
    due_on = fields.Date(
        required=True,
        tracking=True,
        index=True,
        default=lambda self: self._default_due_on(),
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        tracking=True,
        copy=False,
    )
    result = fields.Text(readonly=True, copy=False, help="What came of it.")
    finished_at = fields.Datetime(string="Finished", readonly=True, copy=False)
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    @api.model
    def _default_due_on(self):
        return fields.Date.add(self.env.user._get_relations_today(), months=1)

    @api.depends("factor_id", "person_id", "team_id")
    def _compute_name(self):
        for plan in self:
            whose = plan.person_id.name or plan.team_id.name
            parts = filter(None, (plan.factor_id.name, whose))
            plan.name = join_words(self.env, parts) or plan.name

    @api.depends("state", "due_on")
    @api.depends_context("uid", "tz")
    def _compute_is_overdue(self):
        today = self.env.user._get_relations_today()
        for plan in self:
            late = plan.due_on and plan.due_on < today
            plan.is_overdue = plan.state in OPEN and bool(late)

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.user._get_relations_today()
        return [("state", "in", OPEN), ("due_on", "<", today)]

    @api.constrains("factor_id", "study_id", "company_id")
    def _check_factor_id(self):
        for plan in self:
            if plan.factor_id.study_id != plan.study_id:
                raise ValidationError(
                    self.env._(
                        "“%(factor)s” is no factor of “%(study)s”.",
                        factor=plan.factor_id.name,
                        study=plan.study_id.name,
                    )
                )
            company = plan.study_id.company_id
            if company and company != plan.company_id:
                raise ValidationError(
                    self.env._("“%s” is of another company.", plan.study_id.name)
                )

    @api.constrains("target")
    def _check_target(self):
        if any(not 0 <= plan.target <= 100 for plan in self):
            raise ValidationError(self.env._("Points lie between 0 and 100."))

    @api.constrains("user_id", "supervisor_id")
    def _check_supervisor_id(self):
        if any(plan.supervisor_id == plan.user_id for plan in self):
            raise ValidationError(
                self.env._("Somebody else than the owner supervises the plan.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        prepared = []
        for vals in vals_list:
            if not self.env.su:
                # Said, not left out: the context would give defaults.
                vals = vals | dict.fromkeys(DECIDED, False) | {"state": "draft"}
            if not vals.get("study_id") and vals.get("factor_id"):
                factor = self.env["crm.satisfaction.factor"].browse(vals["factor_id"])
                vals = {**vals, "study_id": factor.study_id.id}
            prepared.append(vals)
        plans = super().create(prepared)
        plans._keep_last_score()
        return plans

    def write(self, vals):
        if not self.env.su and DECIDED & set(vals):
            raise UserError(self.env._("What became of a plan is said by its buttons."))
        result = super().write(vals)
        if {"factor_id", "person_id", "team_id", "company_id"} & set(vals):
            self.filtered(lambda plan: plan.state in OPEN)._keep_last_score()
        return result

    @api.onchange("factor_id", "person_id", "team_id")
    def _onchange_factor_id(self):
        if self.factor_id:
            self.study_id = self.factor_id.study_id
            self.target = self.target or self.factor_id.target
            [(points, count, day)] = self._measure_last().values()
            self.last_points, self.last_count, self.last_on = points, count, day
