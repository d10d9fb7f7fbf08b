from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools import SQL


class CrmKeyAccountScheme(models.Model):
    """What is measured of whom: each criterion a column of one statement."""

    _inherit = "crm.key.account.scheme"

    def _get_scored_sql(self):
        """Return a SELECT of the customers of this scheme: partner_id, sales (in the
        scheme's currency), share and cumulative (0 to 1), rank, is_core, score (NULL
        where nothing counts), and arrays of what counted: criteria, figures, points;
        unjudged, how many criteria nobody has judged yet."""
        criteria = self._get_weighed()
        points = [one._get_points_sql() for one in criteria]
        weights = [float(one.weight) for one in criteria]
        total = SQL(" + ").join(
            SQL("CASE WHEN point[%s] IS NULL THEN 0 ELSE %s END", place, weight)
            for place, weight in enumerate(weights, 1)
        )
        gained = SQL(" + ").join(
            SQL("COALESCE(point[%s], 0) * %s", place, weight)
            for place, weight in enumerate(weights, 1)
        )
        return SQL(
            """
            SELECT pointed.partner_id, sales, share, cumulative, rank,
                   cumulative - share < %(core)s AS is_core,
                   round(((%(gained)s) / NULLIF(%(total)s, 0))::numeric, 1) AS score,
                   %(criteria)s AS criteria, figures, point AS points,
                   array_length(array_positions(point, NULL), 1) AS unjudged
              FROM (SELECT lined.*, ARRAY[%(points)s]::float8[] AS point,
                           ARRAY[%(figures)s]::float8[] AS figures
                      FROM (%(lined)s) AS lined) AS pointed
            """,
            core=self.core_share / 100,
            gained=gained if points else SQL("0"),
            total=total if points else SQL("0"),
            criteria=criteria.ids,
            points=SQL(", ").join(points),
            figures=SQL(", ").join(one._get_figure_sql() for one in criteria),
            lined=self._get_lined_sql(criteria),
        )

    def _get_lined_sql(self, criteria):
        """Return a SELECT of the customers with their figures, lined up by sales."""
        return SQL(
            """
            SELECT measured.*,
                   GREATEST(sales, 0) / NULLIF(sum(GREATEST(sales, 0)) OVER (), 0)
                       AS share,
                   sum(GREATEST(sales, 0)) OVER (
                       ORDER BY sales DESC, partner_id) / NULLIF(
                       sum(GREATEST(sales, 0)) OVER (), 0) AS cumulative,
                   row_number() OVER (ORDER BY sales DESC, partner_id) AS rank
              FROM (
            SELECT partner.id AS partner_id %(figures)s %(judged)s
              FROM res_partner AS partner
              JOIN %(own)s
              JOIN %(companies)s ON scheme_company.id = %(company)s
                   %(sources)s
             WHERE partner.is_managed_customer AND partner.active
               AND %(judges)s) AS measured
            """,
            figures=SQL("").join(
                SQL(", %s AS %s", value, SQL.identifier(name))
                for name, value in self._get_figures_sql().items()
            ),
            judged=SQL("").join(
                SQL(", %s AS %s", one._get_raw_sql(), one._get_column_sql())
                for one in criteria
                if one.source in ("field", "judged")
            ),
            own=self.env["res.partner"]._get_company_of_sql("own", "partner"),
            companies=self.env["res.partner"]._get_companies_sql("scheme_company"),
            company=self._get_company().id,
            sources=self._get_sources_sql(criteria),
            judges=self._get_judges_sql(),
        )

    def _get_figures_sql(self):
        """Hook: return ``{code of a source: SQL}`` of figures of the customer
        ``partner``, judged by the company ``own``; money in the scheme's currency."""
        margin = SQL("round((COALESCE(margin.amount, 0) * scheme_company.rate)")
        has_margin = "margin" in self._get_weighed().mapped("source")
        return {
            "sales": SQL(
                "round((COALESCE(partner.sales_12_months, 0) / own.rate"
                " * scheme_company.rate)::numeric, 2)"
            ),
            "orders": SQL("COALESCE(partner.orders_12_months, 0)"),
            "margin": SQL("%s::numeric, 2)", margin) if has_margin else SQL("0"),
        }

    def _get_sources_sql(self, criteria):
        """Return a JOIN for each source that is read besides the customer itself."""
        if "margin" not in criteria.mapped("source"):
            return SQL("")
        today = self._get_company()._get_relations_today()
        since = today - relativedelta(months=12) + timedelta(days=1)
        return SQL(
            """
         LEFT JOIN (
                   SELECT partner_id, sum(amount) AS amount
                     FROM (%(margin)s) AS happened
                    WHERE day <= %(today)s
                 GROUP BY partner_id) AS margin ON margin.partner_id = partner.id
            """,
            margin=self.env["res.partner"]._get_margin_sql(since=since),
            today=today,
        )

    def _get_judges_sql(self):
        """Return the SQL condition that this scheme judges the customer."""
        company = self.env["res.partner"]._get_relation_company_sql("partner")
        if self.company_id:
            return SQL("%s = %s", company, self.company_id.id)
        others = (self._get_in_force() - self).company_id.ids
        return SQL("%s <> ALL(%s)", company, others) if others else SQL("TRUE")
