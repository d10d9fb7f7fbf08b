from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Whose silence ends when: an index leads from the last contact to them."""

    _inherit = "res.partner"

    # As _get_silence_sql says.
    _care_silence_idx = models.Index(
        "(COALESCE(GREATEST(last_followup_at, owner_since), create_date))"
        " WHERE is_managed_customer"
    )

    @api.model
    def _get_silent_sql(self, days, first, last):
        """Return a SELECT of id, company_id, relation_company_id, since, days and
        wait_tier_id of the customers whose silence comes to ``days`` between two
        moments.

        :param days: 0 stands for those within which each tier is to be contacted
        :param first: naive UTC, None for however long ago
        :param last: naive UTC
        """
        self.flush_model(["last_followup_at", "owner_since", "tier_id"])
        waits = [(None, days)]
        if not days:
            # Superuser: tiers of all companies, each for its own customers.
            tiers = self.env["crm.tier"].sudo()
            tiers = tiers.search([("contact_interval_days", ">", 0)])
            waits = [(tier.id, tier.contact_interval_days) for tier in tiers]
        # One range of the index a tier: joined, the days would be compared with all
        # customers. Without any tier that asks for contact nobody is silent.
        return SQL(" UNION ALL ").join(
            self._get_waiting_sql(tier_id, days, first, last)
            for tier_id, days in waits or [(0, 0)]
        )

    @api.model
    def _get_waiting_sql(self, tier_id, days, first, last):
        wait = timedelta(days=days)
        return SQL(
            """
            SELECT customer.id, customer.company_id, customer.relation_company_id,
                   %(since)s AS since, %(days)s AS days,
                   %(tier)s::int AS wait_tier_id
              FROM res_partner AS customer
             WHERE customer.is_managed_customer
               AND (%(tier)s::int IS NULL OR customer.tier_id = %(tier)s)
               AND %(since)s <= %(last)s
               AND (%(first)s::timestamp IS NULL OR %(since)s >= %(first)s)
            """,
            since=self._get_silence_sql("customer"),
            tier=tier_id,
            days=days,
            first=first and first - wait,
            last=last - wait,
        )
