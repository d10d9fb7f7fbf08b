from odoo import api, models
from odoo.tools.mail import formataddr

from ....tools.client_calls import is_posting


class MailMail(models.Model):
    """The one place where a hidden address is put into an e-mail: when it leaves."""

    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        """A client that calls for a message itself writes it by hand, whatever kind of
        message it says it is."""
        mails = super().create(vals_list)
        if is_posting() and self.env["crm.pool"]._hides_anything():
            outside = mails.recipient_ids.filtered(lambda who: not who.user_ids)
            outside._check_may_be_written_to()
        return mails

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        emails = super()._prepare_outgoing_list(
            mail_server=mail_server, doc_to_followers=doc_to_followers
        )
        if not self.env["crm.pool"]._hides_anything():
            return emails
        partners = self.env["res.partner"].union(
            *[email["partner_id"] for email in emails if email["partner_id"]]
        )
        kept = partners._get_partner_kept()
        for email in emails:
            partner = email["partner_id"]
            values = (kept.get(partner.id, {}).get("email") or {}) if partner else {}
            if address := values.get("email_normalized"):
                email["email_to"] = [formataddr((partner.name or "", address))]
                email["email_to_normalized"] = [address]
                email["email_to_raw"] = address
        return emails

    def _split_by_mail_configuration(self):
        if self.env["crm.pool"]._hides_anything():
            # Also where a template or a composer names one.
            forced = self.filtered("mail_server_id.owner_user_id")
            forced.filtered(lambda mail: mail._has_hidden_recipients()).write(
                {"mail_server_id": False}
            )
        return super()._split_by_mail_configuration()

    def _filter_mail_mail_servers(self, mail_servers):
        """What leaves by the server of a person can be read there, address and all."""
        servers = super()._filter_mail_mail_servers(mail_servers)
        if mail_servers == self.mail_server_id:  # only whether it may be named
            return servers
        personal = servers.filtered("owner_user_id")
        if personal and self._has_hidden_recipients():
            return servers - personal
        return servers

    def _has_hidden_recipients(self):
        kept = self.recipient_ids._get_partner_kept()
        return any(values["email"] for values in kept.values())

    def write(self, vals):
        # A server that refuses a recipient names the address.
        if vals.get("failure_reason"):
            hidden = self.env["crm.hidden.value"]
            reason = hidden._scrub(vals["failure_reason"])
            vals = {**vals, "failure_reason": reason}
        return super().write(vals)
