from odoo import api, fields, models
from odoo.tools import SQL

RHYTHM = {"order_interval_days", "order_day_count"}


class ResPartner(models.Model):
    """How often a customer orders, by its own history."""

    _inherit = "res.partner"

    order_interval_days = fields.Float(
        string="Orders Every (days)",
        digits=(10, 1),
        readonly=True,
        copy=False,
        aggregator="avg",
        help="The customer's own rhythm: the median number of days between two days "
        "with orders. Known from the third such day on.",
        written_by="decided",
    )

    order_day_count = fields.Integer(
        string="Days with Orders",
        readonly=True,
        copy=False,
        help="Days on which the customer confirmed orders; several of one day are one.",
        written_by="decided",
    )

    @api.model
    def _get_sales_sums_sql(self, today):
        median = SQL("percentile_cont(0.5) WITHIN GROUP (ORDER BY gap)")
        return super()._get_sales_sums_sql(today) | {
            "gaps": SQL("count(gap) FILTER (WHERE orders = 1)"),
            "gap_days": SQL("%s FILTER (WHERE orders = 1)", median),
            "order_days": SQL("count(DISTINCT day) FILTER (WHERE orders = 1)"),
        }

    @api.model
    def _get_figures_sql(self):
        return super()._get_figures_sql() | {
            "order_interval_days": SQL(
                "CASE WHEN sales.gaps > 1 THEN round(sales.gap_days::numeric, 1) END"
            ),
            "order_day_count": SQL("sales.order_days::int"),
        }
