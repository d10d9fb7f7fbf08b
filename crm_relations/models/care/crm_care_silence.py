from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class CrmCareRule(models.Model):
    """Silence: nobody was in touch for as long as the tier, or the rule, allows.

    An index on the last contact leads to the customers. The occasion is the last
    contact: each silence is served once, and a new contact withdraws what is planned.
    """

    _inherit = "crm.care.rule"

    trigger = fields.Selection(
        selection_add=[("silence", "Silence: no contact for some time")],
        ondelete={"silence": "cascade"},
    )
    silence_days = fields.Integer(
        string="Silent For (days)",
        help="Days without contact. 0: the days within which the tier of the customer "
        "is to be contacted.",
    )

    @api.constrains("silence_days")
    def _check_silence_days(self):
        if any(not 0 <= rule.silence_days <= 3660 for rule in self):
            raise ValidationError(self.env._("Days of silence lie between 0 and 3660."))

    def _is_event_rule(self):
        return self.trigger == "silence" or super()._is_event_rule()

    def _candidates_silence(self, first, last):
        partners = self.env["res.partner"]
        partners.flush_model(["last_followup_at", "owner_since", "tier_id"])
        since = partners._get_silence_sql("silent")
        waits = self._get_waits()
        return SQL(
            """
            SELECT silent.id AS customer_id, NULL::int AS person_id,
                   NULL::int AS source_id, NULL::timestamp AS moment,
                   (%(since)s AT TIME ZONE 'UTC' AT TIME ZONE own.tz)::date + wait.days
                       AS day,
                   'silence-' || %(since)s::date AS occasion,
                   jsonb_build_object('code', 'care_silence', 'days', wait.days,
                       'tier', wait.tier_id, 'since', %(since)s) AS facts
              FROM (VALUES %(waits)s) AS wait (tier_id, days)
              JOIN res_partner AS silent
                ON silent.is_managed_customer
               AND (silent.tier_id = wait.tier_id OR wait.tier_id IS NULL)
               AND %(since)s >= %(first)s - wait.days * interval '1 day'
               AND %(since)s <= %(last)s - wait.days * interval '1 day'
              JOIN %(companies)s ON own.id = %(company)s
            """,
            since=since,
            first=first - timedelta(days=1),
            last=last,
            waits=SQL(", ").join(
                SQL("(%s::int, %s::int)", tier_id, days) for tier_id, days in waits
            ),
            companies=partners._get_companies_sql("own"),
            company=partners._get_relation_company_sql("silent"),
        )

    def _get_waits(self):
        """Return ``[(tier id or None for all, days)]``."""
        if self.silence_days:
            return [(None, self.silence_days)]
        tiers = self.env["crm.tier"].sudo().search([("contact_interval_days", ">", 0)])
        # Without any tier that asks for contact nobody is silent for too long.
        return [(tier.id, tier.contact_interval_days) for tier in tiers] or [(0, 0)]
