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
    def _get_figures_sql(self):
        return super()._get_figures_sql() | {
            "order_interval_days": SQL(
                "CASE WHEN rhythm.gaps > 1 THEN round(rhythm.days::numeric, 1) END"
            ),
            "order_day_count": SQL("COALESCE(rhythm.order_days, 0)::int"),
        }

    @api.model
    def _get_figure_joins_sql(self):
        return SQL(
            """
            %s
            LEFT JOIN (
                 SELECT partner_id, count(gap) AS gaps, count(*) AS order_days,
                        percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) AS days
                   FROM (SELECT partner_id, day - lag(day) OVER (
                                PARTITION BY partner_id ORDER BY day) AS gap
                           FROM (SELECT DISTINCT partner_id, day
                                   FROM sale
                                  WHERE orders = 1) AS ordered) AS gaps
               GROUP BY partner_id) AS rhythm ON rhythm.partner_id = partner.id
            """,
            super()._get_figure_joins_sql(),
        )
