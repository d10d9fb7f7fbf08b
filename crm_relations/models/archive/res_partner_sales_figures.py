from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """The stored figures of sales, written by one statement."""

    _inherit = "res.partner"

    @api.model
    def _refresh_sales_figures(self, partner_ids=None):
        """Write the stored figures of all customers, or of these, where they
        changed; one statement. Of nobody nothing is written.

        :return: number of customers written
        """
        self.env["res.partner"].flush_model()
        found = self._get_figures_sql()
        columns = [SQL.identifier("partner", name) for name in found]
        figures = [SQL.identifier("figure", name) for name in found]
        rows = self.env.execute_query(
            SQL(
                """
                WITH figure AS (%(figured)s)
                UPDATE res_partner AS partner
                   SET (%(names)s) = ROW(%(figures)s)
                  FROM figure
                 WHERE partner.id = figure.id
                   AND (%(columns)s) IS DISTINCT FROM (%(figures)s)
             RETURNING partner.id
                """,
                figured=self._get_figured_sql(found, partner_ids),
                names=SQL(", ").join(map(SQL.identifier, found)),
                figures=SQL(", ").join(figures),
                columns=SQL(", ").join(columns),
            )
        )
        changed = self.browse(number for (number,) in rows)
        changed.invalidate_recordset(list(found))
        return len(changed)

    @api.model
    def _get_figured_sql(self, figures, partner_ids=None):
        """Return a SELECT of id and the figures, of all customers or of these, amounts
        in the currency of the company that judges each."""
        today = self.env["res.company"]._get_relations_default()._get_relations_today()
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND partner.id = ANY(%s)", list(partner_ids))
        # Who bought nothing counts by a row of its own, and from its sums one looks
        # for the customer (hence OFFSET): for want of statistics, PostgreSQL would
        # sum up everything again for each customer.
        return SQL(
            """
            WITH sale AS (
                 SELECT partner_id, day, orders, amount FROM (%(sales)s) AS sold
              UNION ALL
                 SELECT partner.id, NULL, 0, 0
                   FROM res_partner AS partner
                  WHERE partner.is_managed_customer %(only)s),
                 sales AS (
                 SELECT partner_id, %(sums)s
                   FROM (SELECT sale.*, NULLIF(day - lag(day) OVER (
                                PARTITION BY partner_id, orders = 1 ORDER BY day), 0)
                                AS gap
                           FROM sale) AS sale
               GROUP BY partner_id)
            SELECT partner.id, %(figures)s
              FROM sales
        CROSS JOIN LATERAL (
                   SELECT partner.id, partner.company_id, partner.relation_company_id
                     FROM res_partner AS partner
                    WHERE partner.id = sales.partner_id
                      AND partner.is_managed_customer %(only)s
                   OFFSET 0) AS partner
              JOIN %(own)s
            """,
            sales=self._get_sales_sql(partner_ids),
            sums=self._join_named_sql(self._get_sales_sums_sql(today)),
            figures=self._join_named_sql(figures),
            own=self._get_company_of_sql("own", "partner"),
            only=only,
        )

    @api.model
    def _join_named_sql(self, named):
        return SQL(", ").join(
            SQL("%s AS %s", value, SQL.identifier(name))
            for name, value in named.items()
        )

    @api.model
    def _get_sales_sums_sql(self, today):
        """Hook: return ``{column of sales: SQL}``, each an aggregate over the rows
        ``sale`` of a customer: those of ``_get_sales_sql``, with ``gap``, the days
        since the day with orders before (none within a day)."""
        since = today - relativedelta(months=12) + timedelta(days=1)
        return {
            "first": SQL("min(day) FILTER (WHERE orders = 1)"),
            "last": SQL("max(day) FILTER (WHERE orders = 1)"),
            "orders": SQL("sum(orders)"),
            "total": SQL("sum(amount)"),
            "year": SQL("sum(amount) FILTER (WHERE day >= %s)", since),
            "year_orders": SQL("sum(orders) FILTER (WHERE day >= %s)", since),
        }

    @api.model
    def _get_figures_sql(self):
        """Hook: return ``{field name: SQL}`` of all figures that follow from sales, by
        ``sales``, one row a customer (see ``_get_sales_sums_sql``)."""
        return {
            "first_order_on": SQL("sales.first"),
            "last_order_on": SQL("sales.last"),
            "confirmed_order_count": SQL("COALESCE(sales.orders, 0)::int"),
            "sales_total": SQL(
                "round(COALESCE(sales.total * own.rate, 0)::numeric, 2)"
            ),
            "sales_12_months": SQL(
                "round(COALESCE(sales.year * own.rate, 0)::numeric, 2)"
            ),
            "orders_12_months": SQL("COALESCE(sales.year_orders, 0)::int"),
        }
