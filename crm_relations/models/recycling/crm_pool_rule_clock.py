from odoo import models
from odoo.tools import SQL

from ...tools.local_moments import local_day


class CrmPoolRule(models.Model):
    """What the clock of a rule waits for: the last day on which it happened."""

    _inherit = "crm.pool.rule"

    def _get_event_sql(self):
        """Return the local day of the last event, NULL if there has been none."""
        self.ensure_one()
        return {
            "followup": self._get_local_day_sql(SQL("partner.last_followup_at")),
            "opportunity": self._get_local_day_sql(SQL("opportunity.latest")),
            "order": SQL("partner.last_order_on"),
            "repurchase": SQL("partner.last_order_on"),
            "held": SQL("NULL::date"),
            "date": SQL("dated.latest"),
        }[self.clock]

    def _get_takes_sql(self):
        """Return the SQL condition under which the clock runs at all."""
        if self.clock == "repurchase":
            return SQL("AND partner.last_order_on IS NOT NULL")
        if self.clock == "date":
            return SQL("AND dated.latest IS NOT NULL")
        return SQL("")

    def _get_stops_sql(self):
        """Return the SQL condition under which the clock stands still."""
        if self.clock == "opportunity":
            return SQL("opportunity.open IS TRUE")
        return SQL("FALSE")

    def _get_event_facts_sql(self):
        """Return what the reason says of the event, as the body of a JSON object."""
        facts = SQL(
            "'followup', clock.event, 'owned', clock.owned, 'taken_over', %s",
            SQL("partner.owner_since > partner.last_followup_at"),
        )
        if self.clock != "followup":
            facts = SQL(
                "'event', clock.event, 'owned', clock.owned, 'taken_over',"
                " clock.owned > clock.event"
            )
        if self.clock == "date":
            return SQL("%s, %s", facts, self._get_date_facts_sql())
        return facts

    def _get_joins_sql(self, partner_ids):
        """Return the joins of what the clock reads beside the customer."""
        joins = self._get_opportunity_join_sql()
        return SQL("%s %s", joins, self._get_date_join_sql(partner_ids))

    def _get_opportunity_join_sql(self):
        """Return the join of ``opportunity`` (latest, open), if the rule needs it."""
        if self.clock != "opportunity" and not self.exempt_opportunity:
            return SQL("")
        self.env["crm.lead"].flush_model(
            [
                *["partner_id", "type", "active", "won_status", "date_closed"],
                "create_date",
            ]
        )
        # Of each customer by itself, and by nothing but its contacts: joined as a
        # table, or led by the index on types, all opportunities were gone through for
        # each customer wherever the planner expected few.
        return SQL(
            """
            CROSS JOIN LATERAL (
                   SELECT max(GREATEST(lead.create_date, lead.date_closed))
                              FILTER (WHERE lead.type = 'opportunity') AS latest,
                          bool_or(lead.active AND lead.won_status = 'pending')
                              FILTER (WHERE lead.type = 'opportunity') AS open
                     FROM res_partner AS contact
                     JOIN crm_lead AS lead ON lead.partner_id = contact.id
                    WHERE contact.commercial_partner_id = partner.id) AS opportunity
            """
        )

    def _get_local_day_sql(self, moment):
        return local_day(moment, SQL("own.tz"))
