from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools import SQL

from ....tools.local_moments import local_day
from .crm_tier_criterion import RATED

MONEY = ("revenue", "margin", "paid")


class CrmTierScheme(models.Model):
    """What is measured of whom: the population of a scheme and its figures."""

    _inherit = "crm.tier.scheme"

    def _get_company(self):
        """Return the company by whose day and currency the scheme counts."""
        return self.company_id or self.env["res.company"]._get_relations_default()

    def _get_window(self):
        """Return (first, last) day of the window; today is the last."""
        today = self._get_company()._get_relations_today()
        return today - relativedelta(months=self.window_months) + timedelta(1), today

    def _get_measures(self, method):
        """Return the names of the figures that ``method`` reads."""
        if method == "score":
            kinds = self.criterion_ids.mapped("kind")
            return {kind for kind in kinds if kind not in RATED}
        return {self.measure} | ({"orders", "last"} if method == "rfm" else set())

    def _get_measured_sql(self, method):
        """Return a SELECT of the population with the figures that ``method`` reads, a
        column each, and ``value``, the scheme's measure. Money is in the scheme's
        currency; nothing is below 0."""
        names = sorted(self._get_measures(method))
        value = self.measure if method != "score" else None
        return SQL(
            """
            SELECT population.* %(figures)s, %(value)s AS value
              FROM (%(population)s) AS population
              JOIN %(companies)s ON scheme_company.id = %(company)s
                   %(sources)s
            """,
            figures=SQL("").join(
                SQL(", %s AS %s", self._get_figure_sql(name), SQL.identifier(name))
                for name in names
            ),
            value=self._get_figure_sql(value) if value else SQL("0"),
            population=self._get_population_sql(),
            companies=self.env["res.partner"]._get_companies_sql("scheme_company"),
            company=self._get_company().id,
            sources=SQL(" ").join(self._get_sources(names)),
        )

    def _get_figure_sql(self, name):
        if name == "last":
            return SQL("sales.last")
        rate = SQL("scheme_company.rate") if name in MONEY else SQL("1")
        source = SQL.identifier("sales" if name in ("revenue", "orders") else name)
        return SQL(
            "GREATEST(round((COALESCE(%s.%s, 0) * %s)::numeric, 2), 0)",
            source,
            SQL.identifier(name),
            rate,
        )

    def _get_sources(self, names):
        """Return a JOIN for each source that knows one of these figures."""
        partners = self.env["res.partner"]
        sources = []
        if {"revenue", "orders", "last"} & set(names):
            columns = SQL(
                "sum(amount) AS revenue, sum(orders) AS orders, "
                "max(day) FILTER (WHERE orders = 1) AS last"
            )
            sources.append(("sales", columns, partners._get_sales_sql()))
        if "margin" in names:
            columns = SQL("sum(amount) AS margin")
            since = self._get_window()[0]
            rows = partners._get_margin_sql(since=since)
            sources.append(("margin", columns, rows))
        if "paid" in names:
            columns = SQL("sum(amount) AS paid")
            sources.append(("paid", columns, partners._get_payments_sql()))
        return [self._join_source(*source) for source in sources]

    def _join_source(self, name, columns, rows):
        since, today = self._get_window()
        return SQL(
            """
         LEFT JOIN (
                   SELECT partner_id, %(columns)s
                     FROM (%(rows)s) AS happened
                    WHERE day BETWEEN %(since)s AND %(today)s
                 GROUP BY partner_id) AS %(name)s
                ON %(name)s.partner_id = population.id
            """,
            columns=columns,
            rows=rows,
            since=since,
            today=today,
            name=SQL.identifier(name),
        )

    def _get_population_sql(self):
        """Return a SELECT of the customers that this scheme judges: its audience
        without that of the schemes which come before it, and without newcomers.
        ``fixed_…`` is what was set by hand and holds today, ``expired_until`` when
        it held last."""
        self.env["res.partner"].flush_model()
        return SQL(
            """
            SELECT partner.id, partner.tier_id, partner.tier_below_since,
                   partner.credit_standing, partner.growth_potential,
                   partner.strategic_importance,
                   CASE WHEN partner.tier_override_until >= %(own_today)s
                        THEN partner.tier_override_id END AS fixed_id,
                   CASE WHEN partner.tier_override_until < %(own_today)s
                        THEN partner.tier_override_until END AS expired_until,
                   partner.tier_override_until AS fixed_until,
                   partner.tier_override_by AS fixed_by,
                   partner.tier_override_reason AS fixed_note
              FROM res_partner AS partner
             WHERE partner.id IN (%(audience)s) %(taken)s %(known)s
            """,
            own_today=self.env["res.partner"]._get_relations_today_sql("partner"),
            audience=self._get_audience_sql(),
            taken=self._get_taken_sql(),
            known=self._get_known_sql(self._get_window()[1]),
        )

    def _get_taken_sql(self):
        """Return the SQL condition that no scheme before this one judges a customer.

        A scheme that serves as comparison is looked at as if it were in force.
        """
        rivals = self if self.is_in_force else self | self._get_others_of_audience()
        before = (self._get_in_force() - rivals)._get_started()
        before = (before + self)._sort_by_precedence()
        # Not "NOT IN": beyond what fits into memory PostgreSQL would go through the
        # whole list for each customer.
        return SQL(" ").join(
            SQL(
                "AND NOT EXISTS (SELECT FROM (%s) AS taken (id) "
                "WHERE taken.id = partner.id)",
                scheme._get_audience_sql(),
            )
            for scheme in before[: before.ids.index(self.id)]
        )

    def _get_known_sql(self, today):
        """Return the SQL condition that a customer is no newcomer; what was set by
        hand holds for newcomers, too."""
        if not self.newcomer_days:
            return SQL("")
        return SQL(
            "AND (partner.tier_override_until >= %s OR COALESCE(partner.first_order_on,"
            " %s) <= %s)",
            self.env["res.partner"]._get_relations_today_sql("partner"),
            local_day(
                SQL("partner.create_date"), self._get_company()._get_relations_tz()
            ),
            today - timedelta(days=self.newcomer_days),
        )
