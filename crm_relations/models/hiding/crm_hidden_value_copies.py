from odoo import api, models, tools
from odoo.tools import SQL

from ...tools.hiding import Copy
from ...tools.suite import SUITE


class CrmHiddenValue(models.Model):
    """Which columns hold a customer's number or address."""

    _inherit = "crm.hidden.value"

    @api.model
    @tools.ormcache(cache="stable")
    def _get_copies(self):
        """Return the ``Copy`` of each model that is installed."""
        known = self._filter_installed(self._get_known_copies())
        copies = self._complete_copies(known)
        changes = self._filter_installed(self._get_copies_of_changes(copies))
        return (*copies, *changes)

    @api.model
    def _filter_installed(self, copies):
        """Return these copies as far as the database has their columns."""
        installed = [
            copy.restrict(self.env[copy.model]._fields)
            for copy in copies
            if copy.model in self.env
        ]
        return [copy for copy in installed if copy.phone or copy.email]

    @api.model
    def _get_keys_of_odoo(self):
        """Return under which names values of models of other apps are kept, but for
        contacts themselves."""
        return [
            copy.key
            for copy in self._get_copies()
            if copy.model != "res.partner"
            and self.env[copy.model]._original_module not in SUITE
        ]

    @api.model
    def _get_partner_copy(self):
        """Return that of customers and contacts themselves."""
        return self._get_copies()[0]

    @api.model
    def _get_known_copies(self):
        """Hook: return the copies that there may be. Customers and contacts come
        first; the first column of each kind is the one people know. A room whose
        models hold numbers or addresses of customers names them in
        ``_get_own_copies`` or ``_get_logged_copies``."""
        return [*self._get_own_copies(), *self._get_logged_copies()]

    @api.model
    def _get_own_copies(self):
        return [
            Copy(
                "res.partner",
                phone=("phone", "phone_sanitized", "phone_digits"),
                email=("email", "email_normalized"),
                partner="id",
            ),
            Copy(
                "crm.lead",
                phone=("phone", "phone_sanitized", "phone_state"),
                email=(
                    *("email_from", "email_normalized"),
                    *("email_domain_criterion", "email_state"),
                ),
            ),
            Copy("event.registration", phone=("phone",), email=("email",)),
            Copy(
                "payment.transaction",
                phone=("partner_phone",),
                email=("partner_email",),
            ),
            Copy("survey.user_input", email=("email",)),
            Copy("account.move", email=("invoice_source_email",)),
            Copy("crm.reception", phone=("phone",)),
            Copy("crm.followup", phone=("call_number",)),
        ]

    @api.model
    def _get_logged_copies(self):
        """Return what is written down about messages."""
        return [
            Copy(
                "mail.message",
                email=("email_from", "reply_to"),
                partner="author_id",
                source=self._get_written_sql(),
            ),
            Copy(
                "mail.notification",
                phone=("sms_number",),
                email=("mail_email_address", "failure_reason"),
                partner="res_partner_id",
            ),
            Copy("sms.sms", phone=("number",)),
            Copy(
                "mailing.trace",
                phone=("sms_number",),
                email=("email",),
                source=self._get_mailed_sql(),
            ),
        ]

    @api.model
    def _get_written_sql(self):
        """Return a SELECT of who wrote each message: who stands there as its author, or
        without one, because that contact was deleted, on whose page it stands."""
        return SQL(
            "SELECT id, author_id AS partner_id FROM mail_message"
            " UNION ALL"
            " SELECT id, res_id FROM mail_message"
            " WHERE model = 'res.partner' AND author_id IS NULL"
        )

    @api.model
    def _get_mailed_sql(self):
        """Return a SELECT of whom each trace of a mailing is about: those of models to
        which Odoo, or an app, lets people send mailings."""
        links = {
            name: self._get_link(name)
            for name in sorted(self.env.registry)
            if getattr(self.env[name], "_mailing_enabled", False)
            and self._has_table(name)
        }
        return SQL(" UNION ALL ").join(
            SQL(
                "SELECT trace.id, record.%s AS partner_id FROM mailing_trace AS trace"
                " JOIN %s AS record ON record.id = trace.res_id"
                " WHERE trace.model = %s",
                SQL.identifier(link),
                SQL.identifier(self.env[name]._table),
                name,
            )
            for name, link in links.items()
            if link
        )
