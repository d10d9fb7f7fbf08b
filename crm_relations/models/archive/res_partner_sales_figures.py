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
        changed; one statement.

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
        if partner_ids:
            only = SQL("AND partner.id IN %s", tuple(partner_ids))
        return SQL(
            """
            WITH sale AS MATERIALIZED (%(sales)s),
                 sales AS (
                 SELECT partner_id, min(day) FILTER (WHERE orders = 1) AS first,
                        max(day) FILTER (WHERE orders = 1) AS last,
                        sum(orders) AS orders, sum(amount) AS total,
                        sum(amount) FILTER (WHERE day >= %(since)s) AS year,
                        sum(orders) FILTER (WHERE day >= %(since)s) AS year_orders
                   FROM sale
               GROUP BY partner_id)
            SELECT partner.id, %(figures)s
              FROM res_partner AS partner
              JOIN %(own)s
         LEFT JOIN sales ON sales.partner_id = partner.id
                   %(joins)s
             WHERE partner.is_managed_customer %(only)s
            """,
            sales=self._get_sales_sql(partner_ids),
            since=today - relativedelta(months=12) + timedelta(days=1),
            figures=SQL(", ").join(
                SQL("%s AS %s", figure, SQL.identifier(name))
                for name, figure in figures.items()
            ),
            own=self._get_company_of_sql("own", "partner"),
            joins=self._get_figure_joins_sql(),
            only=only,
        )

    @api.model
    def _get_figures_sql(self):
        """Hook: return ``{field name: SQL}`` of all figures that follow from sales, by
        ``sales`` (one row a customer) and what ``_get_figure_joins_sql`` joins."""
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

    @api.model
    def _get_figure_joins_sql(self):
        """Hook: return the SQL that joins more to ``partner``, from ``sale`` (one row
        as in ``_get_sales_sql``)."""
        return SQL("")
