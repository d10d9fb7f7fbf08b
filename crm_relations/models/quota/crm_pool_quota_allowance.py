from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...tools.counted import tell_customers

LIMITS = ("day", "week")


class CrmPoolQuota(models.Model):
    """Claims on a day and in a week, counted from the ledger: giving a customer back,
    or losing it, refunds nothing. A claim that has been undone never counted."""

    _inherit = "crm.pool.quota"

    @api.model
    def _get_allowances(self, user, company):
        """Return what ``user`` may still claim of the customers of ``company``.

        :return: ``{"day": (quota, number left), "week": …}``, without those that no
            quota limits
        """
        quotas = {limit: self._get_governing(limit, user, company) for limit in LIMITS}
        quotas = {limit: quota for limit, quota in quotas.items() if quota}
        claims = self._count_claims(user, quotas) if quotas else {}
        most = {"day": "claims_per_day", "week": "claims_per_week"}
        return {
            limit: (quota, max(quota[most[limit]] - claims[limit], 0))
            for limit, quota in quotas.items()
        }

    def _get_period_start(self, limit):
        """Return the moment at which the company's day, or its week's Monday, began."""
        company = self.company_id or self.env["res.company"]._get_relations_default()
        today = company._get_relations_today()
        if limit == "week":
            today -= timedelta(days=today.weekday())
        return company._get_relations_day_start(today)

    @api.model
    def _count_claims(self, user, quotas):
        """Return ``{limit: number of claims since its start}``, of a quota for a
        company the claims of its customers; one statement.

        :param quotas: ``{"day"|"week": quota}``
        """
        changes = self.env["crm.ownership.change"]
        starts = {
            limit: quota._get_period_start(limit) for limit, quota in quotas.items()
        }
        changes.flush_model()
        [counts] = self.env.execute_query(
            SQL(
                """
                SELECT %(counts)s
                  FROM crm_ownership_change AS change
                 WHERE to_user_id = %(user)s AND kind IN ('claim', 'swap')
                   AND decided_at >= %(earliest)s AND %(counted)s
                """,
                counts=SQL(", ").join(
                    SQL(
                        "count(*) FILTER (WHERE decided_at >= %s AND %s)",
                        *(start, quotas[limit]._get_claimed_sql()),
                    )
                    for limit, start in starts.items()
                ),
                user=user.id,
                earliest=min(starts.values()),
                counted=changes._get_counted_sql("change"),
            )
        )
        return dict(zip(starts, counts, strict=True))

    def _get_claimed_sql(self):
        """Return the SQL condition that the customer of ``change`` counts here."""
        if not self.company_id:
            return SQL("TRUE")
        default = self.env["res.company"]._get_relations_default()
        return SQL(
            "COALESCE(change.company_id, %s) = %s", default.id, self.company_id.id
        )

    @api.model
    def _use_allowances(self, user, quotas, count):
        """Note ``count`` claims on the counters, so that two claims of one person at
        the same time cannot both be the last one."""
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_pool_holding AS holding
                       (user_id, quota_id, held, claims)
                SELECT %(user)s, id, 0, %(count)s
                  FROM unnest(%(quotas)s::int[]) AS id
              ORDER BY id
           ON CONFLICT (user_id, quota_id) DO UPDATE
                   SET claims = holding.claims + excluded.claims
             RETURNING id
                """,
                user=user.id,
                count=count,
                quotas=quotas.ids,
            )
        )
        self.env["crm.pool.holding"].invalidate_model()

    def _get_claims_message(self, limit):
        self.ensure_one()
        if limit == "day":
            return self.env._(
                "You have taken %(customers)s today, as many as you may. "
                "%(quota)s: %(rule)s.",
                customers=tell_customers(self.env, self.claims_per_day),
                quota=self.name,
                rule=self.summary,
            )
        return self.env._(
            "You have taken %(customers)s this week, as many as you may. "
            "%(quota)s: %(rule)s.",
            customers=tell_customers(self.env, self.claims_per_week),
            quota=self.name,
            rule=self.summary,
        )
