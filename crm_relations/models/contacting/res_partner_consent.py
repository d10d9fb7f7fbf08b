from odoo import api, fields, models
from odoo.tools import SQL

CHANNEL_FIELDS = {
    "sms": "care_sms_opt_out",
    "email": "care_mail_opt_out",
    "callback": "care_call_opt_out",
}


class ResPartner(models.Model):
    """What a customer, or a person there, does not want to get from us."""

    _inherit = "res.partner"

    care_opt_out = fields.Boolean(
        string="No Care",
        tracking=True,
        help="Wants no care at all: no messages, no calls, no activities of care. For "
        "a customer: none of its persons either.",
    )
    care_sms_opt_out = fields.Boolean(string="No Text Messages", tracking=True)
    care_mail_opt_out = fields.Boolean(string="No E-mails of Care", tracking=True)
    care_call_opt_out = fields.Boolean(string="No Calls of Care", tracking=True)

    def _get_models_of_closed_history(self):
        """Its turns were taken with itself."""
        return super()._get_models_of_closed_history() | {"crm.customer.turn"}

    @api.model
    def _get_care_refusals_sql(self, channel):
        """Return a SELECT of the ids of the partners who refuse care by this channel:
        by their own word, by that of their customer, or on Odoo's blacklists.

        :param channel: a channel of a care rule; callbacks are calls
        """
        own = self._get_opt_out_sql(channel, "partner")
        of_customer = self._get_opt_out_sql(channel, "customer")
        return SQL(
            """
            SELECT partner.id
              FROM res_partner AS partner
              JOIN res_partner AS customer
                ON customer.id = COALESCE(partner.commercial_partner_id, partner.id)
             WHERE %s OR %s OR %s
            """,
            own,
            of_customer,
            self._get_blacklisted_sql(channel, "partner"),
        )

    @api.model
    def _get_opt_out_sql(self, channel, alias):
        names = ["care_opt_out"]
        if channel in CHANNEL_FIELDS:
            names.append(CHANNEL_FIELDS[channel])
        return SQL(" OR ").join(
            SQL("%s IS TRUE", SQL.identifier(alias, name)) for name in names
        )

    @api.model
    def _get_blacklisted_sql(self, channel, alias):
        """Return the SQL condition that Odoo's blacklist names the partner."""
        if channel == "email":
            return SQL(
                """
                EXISTS (SELECT FROM mail_blacklist AS listed
                         WHERE listed.email = %s AND listed.active)
                """,
                self._get_known_sql(alias, "email_normalized"),
            )
        if channel in ("sms", "callback"):
            return SQL(
                """
                EXISTS (SELECT FROM phone_blacklist AS listed
                         WHERE listed.number = %s AND listed.active)
                """,
                self._get_known_sql(alias, "phone_sanitized"),
            )
        return SQL("FALSE")

    @api.model
    def _get_care_pauses_sql(self):
        """Hook: return a SELECT of the ids of the customers who get no care for now,
        because something serious is open with them."""
        return SQL("SELECT NULL::int WHERE FALSE")
