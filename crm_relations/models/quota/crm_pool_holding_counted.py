from odoo import api, models
from odoo.tools import SQL

EVERY = SQL("TRUE")
OWNER = SQL("partner.user_id")


class CrmPoolHolding(models.Model):
    """Which quota each customer counts in, and with what weight."""

    _inherit = "crm.pool.holding"

    @api.model
    def _get_quotas_sql(self):
        """Return a SELECT of the quotas in force that limit customers: id, users,
        teams, company, tiers (NULL: all), cap, exempt and rank."""
        quotas = [
            quota
            for quota in map(dict, self.env["crm.pool.quota"]._get_limits())
            if quota["cap"] is not None
        ]
        rows = [
            SQL(
                "(%s, %s::int[], %s::int[], %s::int, %s::int[], %s::numeric, %s, %s)",
                quota["id"],
                list(quota["users"]) or None,
                list(quota["teams"]) or None,
                quota["company"] or None,
                list(quota["tiers"]) or None,
                quota["cap"],
                quota["exempt"],
                rank,
            )
            for rank, quota in enumerate(quotas)
        ]
        nothing = SQL(
            "(0, NULL::int[], NULL::int[], NULL::int, ARRAY[0], 0::numeric, FALSE, 0)"
        )
        return SQL(
            "SELECT * FROM (VALUES %s) AS quota"
            " (id, users, teams, company, tiers, cap, exempt, rank) WHERE id > 0",
            SQL(", ").join(rows or [nothing]),
        )

    @api.model
    def _get_seats_sql(self, condition=EVERY, owner=OWNER):
        """Return a SELECT of partner_id, user_id, quota_id and weight as they ought to
        be for the customers of ``affected``, by the table ``quota``.

        :param owner: for whom they count: the owner, or somebody who is to become it
        """
        return SQL(
            """
            SELECT partner.id AS partner_id, %(owner)s AS user_id,
                   chosen.id AS quota_id,
                   CASE WHEN chosen.exempt AND partner.confirmed_order_count > 0
                   THEN 0 ELSE COALESCE(tier.holding_weight, 1) END AS weight
              FROM affected
              JOIN res_partner AS partner ON partner.id = affected.id
              JOIN res_users AS owner ON owner.id = %(owner)s
         LEFT JOIN crm_tier AS tier ON tier.id = partner.tier_id
              JOIN LATERAL (
                   SELECT quota.id, quota.exempt
                     FROM quota
                    WHERE (quota.users IS NULL OR owner.id = ANY(quota.users))
                      AND (quota.teams IS NULL
                           OR owner.sale_team_id = ANY(quota.teams))
                      AND (quota.company IS NULL OR quota.company = %(company)s)
                      AND (quota.tiers IS NULL OR partner.tier_id = ANY(quota.tiers))
                 ORDER BY quota.rank
                    LIMIT 1) AS chosen ON TRUE
             WHERE partner.is_managed_customer AND partner.active AND %(condition)s
            """,
            owner=owner,
            company=self.env["res.partner"]._get_relation_company_sql("partner"),
            condition=condition,
        )
