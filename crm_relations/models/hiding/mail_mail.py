from odoo import models
from odoo.tools.mail import formataddr


class MailMail(models.Model):
    """The one place where a hidden address is put into an e-mail: when it leaves."""

    _inherit = "mail.mail"

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

    def write(self, vals):
        # A server that refuses a recipient names the address.
        if vals.get("failure_reason"):
            hidden = self.env["crm.hidden.value"]
            reason = hidden._scrub(vals["failure_reason"])
            vals = {**vals, "failure_reason": reason}
        return super().write(vals)
