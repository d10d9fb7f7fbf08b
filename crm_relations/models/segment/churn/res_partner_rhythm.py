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
    def _refresh_sales_figures(self, partner_ids=None):
        changed = super()._refresh_sales_figures(partner_ids)
        self._refresh_order_rhythm(partner_ids)
        return changed

    @api.model
    def _refresh_order_rhythm(self, partner_ids=None):
        """Write the rhythm of all customers, or of these, where it changed."""
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND partner.id IN %s", tuple(partner_ids) or (0,))
        rows = self.env.execute_query(
            SQL(
                """
                WITH rhythm AS (
                     SELECT partner_id, count(gap) AS gaps, count(*) AS order_days,
                            percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) AS days
                       FROM (SELECT partner_id, day - lag(day) OVER (
                                    PARTITION BY partner_id ORDER BY day) AS gap
                               FROM (SELECT DISTINCT partner_id, day
                                       FROM (%(sales)s) AS sale
                                      WHERE orders = 1) AS ordered) AS gaps
                   GROUP BY partner_id),
                     found AS (
                     SELECT partner.id, CASE WHEN rhythm.gaps > 1 THEN
                            round(rhythm.days::numeric, 1) END AS days,
                            COALESCE(rhythm.order_days, 0)::int AS order_days
                       FROM res_partner AS partner
                  LEFT JOIN rhythm ON rhythm.partner_id = partner.id
                      WHERE partner.is_managed_customer %(only)s)
                UPDATE res_partner AS partner
                   SET order_interval_days = found.days,
                       order_day_count = found.order_days
                  FROM found
                 WHERE partner.id = found.id
                   AND (partner.order_interval_days, partner.order_day_count)
                       IS DISTINCT FROM (found.days, found.order_days)
             RETURNING partner.id
                """,
                sales=self._get_sales_sql(partner_ids),
                only=only,
            )
        )
        changed = self.browse(number for (number,) in rows)
        changed.invalidate_recordset(RHYTHM)
