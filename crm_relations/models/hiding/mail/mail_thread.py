from odoo import api, models
from odoo.fields import Domain


class MailThread(models.AbstractModel):
    """Who writes to whom: people not to those hidden from them, Odoo to everybody."""

    _inherit = "mail.thread"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if not recipients or not self.env["crm.pool"]._hides_anything():
            return recipients
        outside = [who["id"] for who in recipients if who["share"] and not who["uid"]]
        if outside and self._is_written_by_hand(message, msg_vals or {}):
            self.env["res.partner"].browse(outside)._check_may_be_written_to()
        return recipients

    def _is_written_by_hand(self, message, msg_vals):
        """Return whether a person wrote this, not Odoo: comments, but for those in
        which Odoo sends a document. Of another kind, see ``mail.mail``."""
        # Superuser: of what kind it is, not what it says.
        kind = msg_vals.get("message_type") or message.sudo().message_type
        return kind in ("comment", "sms")

    @api.model
    def _message_parse_extract_bounce(self, email_message, message_dict):
        bounce = super()._message_parse_extract_bounce(email_message, message_dict)
        address = bounce.get("bounced_email")
        if address and not bounce["bounced_partner"]:
            # Superuser: the closed table; whoever names the whole address knows it.
            hidden = self.env["crm.hidden.value"].sudo()
            found = hidden._find_partners("email", [address]).get(address, [])
            bounce["bounced_partner"] = bounce["bounced_partner"].browse(found)
        return bounce

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        domain = super()._detect_loop_sender_domain(email_from_normalized)
        return self._add_hidden_senders(domain, email_from_normalized)

    @api.model
    def _add_hidden_senders(self, domain, address):
        """Return the domain of the records of who writes by this address, hidden or
        not."""
        if not domain or "partner_id" not in self._fields:
            return domain
        # Superuser: the closed table.
        hidden = self.env["crm.hidden.value"].sudo()
        found = hidden._find_partners("email", [address])
        if not found:
            return domain
        return Domain(domain) | Domain("partner_id", "in", found[address])
