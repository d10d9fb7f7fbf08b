from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools import SQL

MEASURES = {"revenue": SQL("sum(amount)"), "orders": SQL("sum(orders)")}


class CrmTierScheme(models.Model):
    """The queries behind a scheme: measure, choose, apply."""

    _inherit = "crm.tier.scheme"
    _decided_field = "tier_id"
    _since_field = "tier_since"
    _ledger = "crm.tier.change"
    _ledger_columns = ("scheme_id", "old_tier_id", "new_tier_id")

    def _get_value_models(self):
        return {"old": "crm.tier", "new": "crm.tier"}

    def _get_company(self):
        """Return the company by whose day and currency the scheme counts."""
        return self.company_id or self.env["res.company"]._get_relations_default()

    def _get_window(self):
        """Return (first, last) day of the window; today is the last."""
        today = self._get_company()._get_relations_today()
        return today - relativedelta(months=self.window_months) + timedelta(1), today

    def _get_decision_sql(self):
        self.ensure_one()
        self._check_cut_ids()  # a line may have been written alone
        since, today = self._get_window()
        choose = getattr(self, f"_get_{self._get_method_in_force()}_sql")
        return SQL(
            """
            WITH measured AS MATERIALIZED (%(measured)s),
                 chosen AS (%(chosen)s),
                 decided AS (
                 SELECT chosen.id, chosen.tier_id AS old,
                        COALESCE(chosen.fixed_id, chosen.choice) AS new,
                        CASE WHEN chosen.fixed_id IS NULL
                             THEN chosen.facts || jsonb_build_object('tier', choice)
                             ELSE jsonb_build_object('code', 'tier_override',
                                  'tier', fixed_id, 'until', fixed_until,
                                  'user', fixed_by, 'note', fixed_note) END AS facts
                   FROM chosen)
            SELECT id AS partner_id, old, new, %(scheme)s AS rule_id,
                   facts || jsonb_build_object('measure', %(measure)s,
                       'currency', %(currency)s, 'from', %(since)s::text,
                       'to', %(today)s::text) AS facts
              FROM decided
             WHERE new IS DISTINCT FROM old
            """,
            measured=self._get_measured_sql(),
            chosen=choose(),
            scheme=self.id,
            measure=self.measure,
            currency=self.currency_id.id,
            since=since,
            today=today,
        )

    def _get_method_in_force(self):
        """Return the method; thresholds where there are too few for shares."""
        if self.method == "share" and self.minimum_population:
            [(count,)] = self.env.execute_query(
                SQL("SELECT count(*) FROM (%s) AS judged", self._get_population_sql())
            )
            if count < self.minimum_population:
                return "threshold"
        return self.method

    def _get_measured_sql(self):
        """Return a SELECT of the population with ``value``, what the scheme measures
        (in its currency when it is money), never below 0."""
        partners = self.env["res.partner"]
        since, today = self._get_window()
        rate = SQL("scheme_company.rate") if self.measure == "revenue" else SQL("1")
        return SQL(
            """
            SELECT population.*, GREATEST(round((COALESCE(sales.value, 0)
                   * %(rate)s)::numeric, 2), 0) AS value
              FROM (%(population)s) AS population
              JOIN %(companies)s ON scheme_company.id = %(company)s
         LEFT JOIN (
                   SELECT partner_id, %(measure)s AS value
                     FROM (%(sales)s) AS sale
                    WHERE day BETWEEN %(since)s AND %(today)s
                 GROUP BY partner_id) AS sales ON sales.partner_id = population.id
            """,
            rate=rate,
            population=self._get_population_sql(),
            companies=partners._get_companies_sql("scheme_company"),
            company=self._get_company().id,
            measure=MEASURES[self.measure],
            sales=partners._get_sales_sql(),
            since=since,
            today=today,
        )

    def _get_share_sql(self):
        """Return ``measured`` with the tier by cumulative share and its facts."""
        return SQL(
            """
            SELECT ranked.*, cut.tier_id AS choice,
                   jsonb_build_object('code', 'tier_share', 'revenue', value,
                       'place', place, 'customers', customers, 'cut', cut.share,
                       'before', round(before / NULLIF(total, 0), 6)) AS facts
              FROM (SELECT measured.*, rank() OVER (ORDER BY value DESC) AS place,
                           count(*) OVER () AS customers, sum(value) OVER () AS total,
                           COALESCE(sum(value) OVER (ORDER BY value DESC
                               GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                               AS before
                      FROM measured) AS ranked
         LEFT JOIN LATERAL (
                   SELECT tier_id, share
                     FROM (VALUES %(cuts)s) AS cut (tier_id, share)
                    WHERE share = 100 OR before * 100 < share * total
                 ORDER BY share
                    LIMIT 1) AS cut ON TRUE
            """,
            cuts=self._get_cut_values("share"),
        )

    def _get_threshold_sql(self):
        """Return ``measured`` with the tier by fixed thresholds and its facts."""
        return SQL(
            """
            SELECT measured.*, cut.tier_id AS choice,
                   jsonb_build_object('code', 'tier_threshold', 'revenue', value,
                       'threshold', cut.threshold) AS facts
              FROM measured
         LEFT JOIN LATERAL (
                   SELECT tier_id, threshold
                     FROM (VALUES %(cuts)s) AS cut (tier_id, threshold)
                    WHERE value >= threshold
                 ORDER BY threshold DESC
                    LIMIT 1) AS cut ON TRUE
            """,
            cuts=self._get_cut_values("at_least"),
        )

    def _get_cut_values(self, name):
        return SQL(", ").join(
            SQL("(%s, %s::numeric)", cut.tier_id.id, str(cut[name]))
            for cut in self.cut_ids
        )

    def _get_population_sql(self):
        """Return a SELECT of the customers that this scheme judges: its audience
        without that of the schemes which come before it. ``fixed_…`` is what was set
        by hand and holds today."""
        self.env["res.partner"].flush_model()
        before = (self._get_in_force() - self)._get_started()
        before = (before + self)._sort_by_precedence()
        # Not "NOT IN": beyond what fits into memory PostgreSQL would go through the
        # whole list for each customer.
        taken = [
            SQL(
                "AND NOT EXISTS (SELECT FROM (%s) AS taken (id) "
                "WHERE taken.id = partner.id)",
                scheme._get_audience_sql(),
            )
            for scheme in before[: before.ids.index(self.id)]
        ]
        return SQL(
            """
            SELECT partner.id, partner.tier_id,
                   CASE WHEN partner.tier_override_until >= %(today)s
                        THEN partner.tier_override_id END AS fixed_id,
                   partner.tier_override_until AS fixed_until,
                   partner.tier_override_by AS fixed_by,
                   partner.tier_override_reason AS fixed_note
              FROM res_partner AS partner
             WHERE partner.id IN (%(audience)s) %(taken)s
            """,
            today=self._get_window()[1],
            audience=self._get_audience_sql(),
            taken=SQL(" ").join(taken),
        )

    def _decisions_applied(self, partner_ids):
        result = super()._decisions_applied(partner_ids)
        self.env["res.partner"].browse(partner_ids)._segment_changed()
        return result
