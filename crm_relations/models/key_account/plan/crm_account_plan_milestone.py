from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmAccountPlanMilestone(models.Model):
    """A day by which something is there; how far behind is computed, against the day
    that was approved first."""

    _name = "crm.account.plan.milestone"
    _description = "Milestone"
    _inherit = ["crm.account.plan.line.mixin"]
    _order = "due, id"
    _alive = frozenset(("done_on",))
    _closed = frozenset(("planned_on",))

    name = fields.Char(string="Milestone", required=True)
    due = fields.Date(string="Target Day", required=True, index=True)
    planned_on = fields.Date(
        string="Approved for",
        readonly=True,
        copy=False,
        help="The day that was approved first: delay is counted from it.",
    )
    done_on = fields.Date(string="Reached On", copy=False)
    slippage_days = fields.Integer(
        string="Behind (days)", compute="_compute_slippage", aggregator=None
    )
    state = fields.Selection(
        selection=[("open", "Not There Yet"), ("late", "Late"), ("done", "Done")],
        string="Status",
        compute="_compute_slippage",
    )
    may_work = fields.Boolean(compute="_compute_may_work")
    partner_id = fields.Many2one(related="plan_id.partner_id")
    user_id = fields.Many2one(related="plan_id.user_id", string="Plan Owner")

    @api.depends("due", "planned_on", "done_on")
    def _compute_slippage(self):
        for one in self:
            today = one.plan_id._get_today()
            one.slippage_days = one._get_slippage(today)
            late = one.due and one.due < today
            one.state = "done" if one.done_on else "late" if late else "open"

    @api.depends("plan_id.state")
    @api.depends_context("uid")
    def _compute_may_work(self):
        for one in self:
            one.may_work = one.plan_id.may_work

    @api.constrains("due", "done_on", "plan_id")
    def _check_days(self):
        for one in self:
            one._check_lies_within(one.due, one.plan_id.date_end)
            if one.done_on and one.done_on > one.plan_id._get_today():
                raise ValidationError(
                    self.env._(
                        "Reached On: “%s” cannot be done on a day to come.", one.name
                    )
                )

    def _check_lies_within(self, due, end):
        """:raise ValidationError: this day, or the end of the plan, would be wrong"""
        if not self.plan_id.date_start <= due <= end:
            raise ValidationError(
                self.env._(
                    "Target Day: “%s” does not lie within the period of the plan.",
                    self.name,
                )
            )

    def action_done(self):
        """It is there, today."""
        self.ensure_one()
        self.done_on = self.plan_id._get_today()

    def _get_slippage(self, day):
        """Return how many days it is behind on ``day``; early is 0."""
        planned = self.planned_on or self.due
        if not planned:
            return 0
        done = self.done_on if self.done_on and self.done_on <= day else False
        reached = done or max(day, self.due)
        return max((reached - planned).days, 0)

    def _fix(self):
        """The plan is in force: delay is counted from now on."""
        for one in self.filtered(lambda one: not one.planned_on):
            one.planned_on = one.due
