from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL

from ....tools.activity_model import DAYS_A_WEEK, Parameters

PARAMETERS = Parameters._fields
LARGEST_PARAMETER = 1e6
# What only the machine writes.
MEASURED = {
    *["company_id", "source", "parameters_on", "usual_interval_days"],
    *["customer_count", "repeat_order_count", "log_likelihood", "fit_problem"],
}


class CrmActivityModel(models.Model):
    """What a company's order history says about when its customers fall silent.

    One record a company, made by itself. Parameters of the BG/NBD model (see
    ``tools/activity_model.py``) are fitted on the company's own orders or typed; as
    long as there are none, nobody has a probability of being active. Beside them
    stands the usual interval between orders, for customers with few of them.
    """

    _name = "crm.activity.model"
    _description = "Activity model"
    _order = "company_id"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="Customers shared by all companies are judged by their relationship "
        "company, else by the first company.",
    )
    r = fields.Float(
        string="r",
        help="Shape of the order rates among customers: the smaller, the more they "
        "differ.",
    )
    alpha = fields.Float(
        string="α",
        help="Scale of the order rates, in weeks: r / α is the average number of "
        "orders a week of an active customer.",
    )
    a = fields.Float(
        string="a",
        help="With b: how readily customers leave after an order. a / (a + b) is the "
        "average probability.",
    )
    b = fields.Float(string="b", help="See a.")
    source = fields.Selection(
        selection=[("fitted", "Fitted"), ("typed", "Typed")],
        string="Parameters",
        readonly=True,
        help="Typed parameters stay until somebody fits.",
    )
    parameters_on = fields.Date(string="Parameters of", readonly=True)
    orders_from = fields.Date(
        string="Customers Since",
        help="Only customers whose first order is of this day or later are fitted. "
        "Useful where older orders were not taken over. Empty: all.",
    )
    orders_until = fields.Date(
        help="Later orders are left out of the fit, as if this were today. Empty: all.",
    )
    refits = fields.Boolean(
        string="Fit Every Month",
        default=True,
        help="Parameters that were typed are left alone.",
    )
    usual_interval_days = fields.Float(
        string="Usual Interval (days)",
        digits=(10, 1),
        readonly=True,
        help="The median of the customers' own rhythms. It stands for customers with "
        "fewer than three days of orders. Measured every night.",
    )

    _company_uniq = models.Constraint(
        "UNIQUE(company_id)", "A company has one activity model."
    )

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for model in self:
            model.display_name = self.env._(
                "Activity model of %(company)s", company=model.company_id.name
            )

    @api.constrains(*PARAMETERS)
    def _check_parameters(self):
        for model in self:
            values = [model[name] for name in PARAMETERS]
            if not any(values):
                continue
            if not all(0 < value <= LARGEST_PARAMETER for value in values):
                raise ValidationError(
                    self.env._(
                        "Give all four parameters, each greater than 0 and at most "
                        "%(largest)s; or none of them.",
                        largest=int(LARGEST_PARAMETER),
                    )
                )

    @api.constrains("orders_from", "orders_until")
    def _check_orders_until(self):
        for model in self:
            if not model.orders_from or not model.orders_until:
                continue
            if model.orders_until <= model.orders_from:
                raise ValidationError(
                    self.env._("The orders end before the customers begin.")
                )

    def write(self, vals):
        if MEASURED & set(vals) and not self.env.su:
            raise AccessError(self.env._("Nobody types what has been measured."))
        if set(PARAMETERS) & set(vals) and "source" not in vals:
            given = any(vals.get(name, self[:1][name]) for name in PARAMETERS)
            today = fields.Date.context_today(self)
            vals = dict(
                vals,
                source="typed" if given else False,
                parameters_on=given and today,
                customer_count=0,
                repeat_order_count=0,
                log_likelihood=0,
                fit_problem=False,
            )
        return super().write(vals)

    def action_refresh_customers(self):
        """Let the customers of all companies follow the parameters now."""
        self.check_access("write")
        # Superuser: as the night does.
        partners = self.env["res.partner"].sudo()
        partners._refresh_usual_intervals()
        changed = partners._refresh_activity()
        return self._notify(
            self.env._("%(count)s customers were brought up to date.", count=changed)
        )

    def _notify(self, message, kind="success"):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": kind,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _get_parameters(self):
        """Return the ``Parameters`` in force, None as long as there are none."""
        self.ensure_one()
        return Parameters(*(self[name] for name in PARAMETERS)) if self.r else None

    @api.model
    def _create_missing(self):
        """Give each company its record."""
        companies = self.env["res.company"]._get_all_for_relations()
        # Superuser: a record a company, whoever opens the list.
        models = self.sudo().search([])  # pylint: disable=no-search-all
        missing = companies - models.company_id
        self.sudo().create([{"company_id": company.id} for company in missing])

    @api.model
    def _get_probability_sql(self, first, last, order_days, today):
        """Return the SQL of P(active) by the row ``model``, as
        ``tools.activity_model.probability_active`` computes it.

        :param first, last, order_days, today: SQL of the first and last day with
            orders, of the number of such days, of the company's date
        """
        return SQL(
            """
            CASE WHEN %(days)s < 2 THEN 1.0 ELSE
                 1 / (1 + exp(LEAST(700, GREATEST(-700,
                     ln(model.a / (model.b + %(days)s - 2))
                     + (model.r + %(days)s - 1) * (
                         ln(model.alpha + (GREATEST(%(today)s, %(last)s) - %(first)s)
                            / %(week)s::float8)
                         - ln(model.alpha + (%(last)s - %(first)s)
                            / %(week)s::float8)))))) END
            """,
            days=order_days,
            first=first,
            last=last,
            today=today,
            week=DAYS_A_WEEK,
        )
