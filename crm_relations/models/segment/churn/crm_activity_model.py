from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ....tools.activity_model import DAYS_A_WEEK, Parameters

PARAMETERS = Parameters._fields


class CrmActivityModel(models.Model):
    """What a company's order history says about when its customers fall silent.

    The parameters are those of the BG/NBD model (see ``tools/activity_model.py``); as
    long as there are none, nobody has a probability of being active. Beside them
    stands the usual interval between orders, for customers with few of them.
    """

    _name = "crm.activity.model"
    _description = "Activity model"
    _inherit = ["crm.fitted.mixin"]
    _parameters = PARAMETERS
    _largest_parameter = 1e6
    _measured = frozenset(("usual_interval_days",))
    _told = ("customer_count", "log_likelihood", "repeat_order_count")

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
    orders_from = fields.Date(
        string="Customers Since",
        help="Only customers whose first order is of this day or later are fitted. "
        "Useful where older orders were not taken over. Empty: all.",
    )
    orders_until = fields.Date(
        help="Later orders are left out of the fit, as if this were today. Empty: all.",
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
        # Superuser: the company need not be one that the reader may enter.
        for model, known in zip(self, self.sudo(), strict=True):
            model.display_name = self.env._(
                "Activity model of %(company)s", company=known.company_id.name
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

    def _refresh_customers(self):
        partners = self.env["res.partner"]
        partners._refresh_usual_intervals()
        changed = partners._refresh_activity()
        # What a customer is worth follows from how probably it still is one.
        self.env["crm.customer.value"]._refresh()
        return changed

    def _get_parameters_word(self):
        return self.env._(
            "Give all four parameters, each greater than 0 and at most %(largest)s; or "
            "none of them.",
            largest=int(self._largest_parameter),
        )

    def _get_parameters(self):
        """Return the ``Parameters`` in force, None as long as there are none."""
        self.ensure_one()
        return Parameters(*(self[name] for name in PARAMETERS)) if self.r else None

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
