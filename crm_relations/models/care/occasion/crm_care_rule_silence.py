from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ....tools.local_moments import local_day


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
        return SQL(
            """
            SELECT silent.id AS customer_id, NULL::int AS person_id,
                   NULL::int AS source_id, NULL::timestamp AS moment,
                   local.since + silent.days AS day,
                   'silence-' || local.since AS occasion,
                   jsonb_build_object('code', 'care_silence', 'days', silent.days,
                       'tier', silent.wait_tier_id, 'since', silent.since) AS facts
              FROM (%(silent)s) AS silent
              JOIN %(own)s
        CROSS JOIN LATERAL (SELECT %(since)s AS since) AS local
            """,
            since=local_day(SQL("silent.since"), SQL("own.tz")),
            silent=partners._get_silent_sql(
                self.silence_days, first - timedelta(days=1), last
            ),
            own=partners._get_company_of_sql("own", "silent"),
        )
