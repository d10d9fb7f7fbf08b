from collections import defaultdict
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .crm_account_return import KINDS

SUMS = ("revenue", "margin", "given", "minutes", "time_cost")


class CrmAccountReturnAverage(models.Model):
    """What all customers of a tier brought and cost together, for comparison: key
    accounts or not. Written every night."""

    _name = "crm.account.return.average"
    _description = "Return on the customers of a tier"
    _order = "tier_id, kind, year, id"
    _rec_name = "tier_id"
    _log_access = False

    tier_id = fields.Many2one(
        comodel_name="crm.tier",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        selection=KINDS, string="Period", readonly=True, required=True
    )
    year = fields.Integer(readonly=True, aggregator=None)
    customer_count = fields.Integer(string="Customers", readonly=True)
    revenue = fields.Monetary(readonly=True)
    margin = fields.Monetary(readonly=True)
    given = fields.Monetary(readonly=True)
    minutes = fields.Float(string="Minutes of Contacts", digits=(16, 1), readonly=True)
    time_cost = fields.Monetary(string="Cost of Time", readonly=True)

    _tier_uniq = models.UniqueIndex(
        "(tier_id, company_id, kind, COALESCE(year, 0))",
        "This period of the tier stands here already.",
    )

    @api.model
    def _get_periods(self):
        """Return ``[(kind, year, first, last)]``."""
        today = self.env["res.company"]._get_relations_default()._get_relations_today()
        since = today - relativedelta(months=12) + timedelta(days=1)
        years = (today.year, today.year - 1)
        return [
            ("months", 0, since, today),
            *(("year", year, date(year, 1, 1), date(year, 12, 31)) for year in years),
        ]

    @api.model
    def _get_first_day(self):
        """Return the first day that any of the periods needs, and two more: moments
        are stored in UTC."""
        first = min(first for _kind, _year, first, _last in self._get_periods())
        return first - timedelta(days=2)

    @api.model
    def _clear(self):
        self.search([]).unlink()  # pylint: disable=no-search-all

    @api.model
    def _refresh(self):
        """Write them anew: one statement a source for all customers."""
        counts = self._count_customers()
        sums = defaultdict(lambda: dict.fromkeys(SUMS, 0.0))
        for source in self.env["crm.account.return"]._get_sources().values():
            if source.effect != "included":
                self._add_source(sums, source)
        self._clear()
        self.create(
            [
                {
                    **{"tier_id": tier, "company_id": company, "kind": kind},
                    **{"year": year, "customer_count": count},
                    **sums[tier, company, kind, year],
                }
                for (tier, company), count in counts.items()
                for kind, year, _first, _last in self._get_periods()
            ]
        )

    @api.model
    def _count_customers(self):
        partners = self.env["res.partner"]
        partners.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.tier_id, %s, count(*)
                  FROM res_partner AS partner
                 WHERE partner.is_managed_customer AND partner.active
                   AND partner.tier_id IS NOT NULL
              GROUP BY 1, 2
                """,
                partners._get_relation_company_sql("partner"),
            )
        )
        return {(tier, company): count for tier, company, count in rows}

    @api.model
    def _add_source(self, sums, source):
        periods = SQL(", ").join(
            SQL("(%s, %s, %s::date, %s::date)", *row) for row in self._get_periods()
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT doc.tier_id, doc.judge_id, period.kind, period.year,
                       COALESCE(sum(doc.amount), 0), COALESCE(sum(doc.minutes), 0)
                  FROM (%s) AS doc
                  JOIN (VALUES %s) AS period (kind, year, first, last)
                    ON doc.day BETWEEN period.first AND period.last
                 WHERE doc.is_customer AND doc.tier_id IS NOT NULL
              GROUP BY 1, 2, 3, 4
                """,
                self.env["crm.account.return"]._get_converted_sql(source.query(None)),
                periods,
            )
        )
        column = "time_cost" if source.effect == "time" else source.effect
        for *key, amount, minutes in rows:
            sums[tuple(key)][column] += amount
            sums[tuple(key)]["minutes"] += minutes

    def _get_mean(self, name):
        """Return a figure of an average customer."""
        if name == "customer_count":
            return self.customer_count
        return self[name] / self.customer_count
