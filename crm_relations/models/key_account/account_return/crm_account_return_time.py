from odoo import api, models
from odoo.tools import SQL

from ....tools.local_moments import local_day
from ....tools.return_source import ReturnSource

TIME_SOURCES = {
    "crm.followup": [
        *["customer_id", "date", "kind_id", "user_id", "duration_minutes"],
        "call_seconds",
    ],
    "crm.followup.kind": ["channel"],
    "res.partner": ["company_id", "relation_company_id"],
}
CHANNELS = {
    "visit": ("visit",),
    "call": ("call", "missed_call"),
}


class CrmAccountReturn(models.Model):
    """The time of colleagues, whether they still work here or not: minutes of each
    contact times what an hour cost on its day, by the company that judges the
    customer."""

    _inherit = "crm.account.return"

    @api.model
    def _get_time_sources(self):
        explained = self.env._("Minutes of the contacts, or the length of the call.")
        labels = {
            "visit": self.env._("Visits"),
            "call": self.env._("Calls"),
            "contact": self.env._("Other contacts"),
        }
        return {
            code: ReturnSource(
                label,
                "crm.followup",
                "time",
                lambda ids, of=code: self._get_time_sql(of, ids),
                explained,
            )
            for code, label in labels.items()
        }

    @api.model
    def _get_time_sql(self, code, partner_ids):
        partners = self.env["res.partner"]
        partners._flush_sources(TIME_SOURCES)
        day = local_day(SQL("followup.date"), SQL("own.tz"))
        others = tuple(one for channels in CHANNELS.values() for one in channels)
        return SQL(
            """
            SELECT followup.customer_id AS partner_id, followup.id AS document_id,
                   %(day)s AS day,
                   COALESCE(spent.minutes / 60 * rate.amount, 0) AS amount,
                   rate.currency_id, spent.minutes,
                   spent.minutes > 0 AND rate.amount IS NULL AS unpriced
              FROM crm_followup AS followup
              JOIN crm_followup_kind AS kind ON kind.id = followup.kind_id
               AND kind.channel %(channels)s
              JOIN res_users AS who ON who.id = followup.user_id
              JOIN res_partner AS customer ON customer.id = followup.customer_id
              JOIN %(own)s
        CROSS JOIN LATERAL (
                   SELECT COALESCE(NULLIF(followup.duration_minutes, 0)::float8,
                              followup.call_seconds / 60.0::float8, 0) AS minutes
                   ) AS spent
         LEFT JOIN LATERAL (%(rate)s) AS rate ON TRUE
             WHERE TRUE %(only)s
            """,
            day=day,
            channels=SQL("IN %s", CHANNELS[code])
            if code in CHANNELS
            else SQL("NOT IN %s", others),
            own=partners._get_company_of_sql("own", "customer"),
            rate=self.env["crm.hourly.rate"]._get_rate_sql("who", "own", day),
            only=self._get_only_sql("followup", partner_ids, "customer_id"),
        )
