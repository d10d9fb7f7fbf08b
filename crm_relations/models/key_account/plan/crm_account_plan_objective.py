from odoo import api, fields, models


class CrmAccountPlanObjective(models.Model):
    """What is to be reached: a measure and how much of it. What is reached is measured,
    never typed."""

    _name = "crm.account.plan.objective"
    _description = "Objective of a plan"
    _inherit = ["crm.account.plan.line.mixin"]
    _order = "plan_id, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(string="Objective", required=True)
    measure_id = fields.Many2one(
        comodel_name="crm.account.measure",
        string="Measured by",
        required=True,
        index=True,
        ondelete="restrict",
    )
    target = fields.Float(digits=(16, 2), required=True, aggregator=None)
    direction = fields.Selection(
        selection=[("up", "At least"), ("down", "No more than")],
        required=True,
        default="up",
    )
    unit = fields.Char(compute="_compute_unit")
    actual = fields.Float(
        string="Reached So Far", digits=(16, 2), compute="_compute_actual"
    )
    progress = fields.Float(compute="_compute_actual")
    is_behind = fields.Boolean(
        compute="_compute_actual",
        help="Less is reached than of the time has passed.",
    )
    problem = fields.Char(string="Cannot Be Measured", compute="_compute_actual")

    @api.depends("measure_id", "plan_id.currency_id")
    @api.depends_context("lang")
    def _compute_unit(self):
        for one in self:
            measure = one.measure_id
            money = measure.is_money and one.plan_id.currency_id.name
            one.unit = money or measure.unit

    @api.depends(
        *("measure_id", "target", "direction", "plan_id.date_start"),
        *("plan_id.date_end", "plan_id.user_id", "plan_id.partner_id"),
    )
    @api.depends_context("lang")
    def _compute_actual(self):
        found = self._measure()
        for one in self:
            actual, problem = found[one]
            one.actual = actual
            one.problem = problem and self.env._("Cannot be measured: %s", problem)
            one.progress = 0 if problem else one._get_progress(actual)
            one.is_behind = (
                one.direction == "up"
                and not problem
                and one.progress < one.plan_id._get_elapsed()
            )

    def _measure(self, until=None):
        """Return ``{objective: (figure, why not)}``, one statement for all that have
        measure, owner and period in common.

        :param until: the last day that counts; today if not given
        """
        found = dict.fromkeys(self, (0, ""))
        # Superuser: what is measured with whose rights is said by the measure.
        for key, some in self.sudo().grouped(lambda one: one._get_key(until)).items():
            measure, owner, currency, company, first, last = key
            if not measure or not first or not last:
                continue
            figures, problem = measure._measure(
                *(some.plan_id.partner_id, first, last, owner, currency, company)
            )
            for one in some:
                figure = figures.get(one.plan_id.partner_id.id, 0)
                found[one.with_env(self.env)] = (figure, problem)
        return found

    def _get_key(self, until=None):
        plan = self.plan_id
        last = plan.date_end and min(plan.date_end, until or plan._get_today())
        company = plan.partner_id._get_relation_company()
        of_plan = (plan.user_id, plan.currency_id, company, plan.date_start)
        return self.measure_id, *of_plan, last

    def _get_progress(self, actual):
        """Return how much of the target is reached, 1 for all of it."""
        if self.direction == "up":
            reached = float(actual >= self.target)
            return actual / self.target if self.target > 0 else reached
        if actual <= self.target:
            return 1
        return max(self.target, 0) / actual
