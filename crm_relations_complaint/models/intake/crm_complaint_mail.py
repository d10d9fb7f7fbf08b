from odoo import api, models
from odoo.tools.mail import email_normalize, email_split_tuples, html2plaintext

from ...tools.incoming_mail import strip_subject

SUBJECT, FACTS = 200, 50_000  # characters that are kept of an e-mail


class CrmComplaint(models.Model):
    """A complaint that comes by e-mail, and answers to what we write."""

    _inherit = "crm.complaint"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Register what was written to the address of an entrance. Text and files stay
        as the first message as well."""
        if not isinstance(msg_dict, dict):
            return super().message_new(msg_dict, custom_values)
        given = custom_values if isinstance(custom_values, dict) else {}
        # Superuser: an entrance says what becomes of what comes in, whoever writes.
        entrance = self.env["crm.complaint.entrance"].sudo()
        entrance = entrance.browse(given.get("entrance_id") or []).exists()
        earlier = self.sudo().browse(given.get("follows_id") or []).exists()
        company = (entrance or earlier).company_id or self.env.company
        complaint = self._register_from_outside(
            company,
            self._prepare_mail_vals(msg_dict, earlier),
            entrance or earlier.entrance_id,
        )
        if not msg_dict.get("is_internal"):
            complaint._acknowledge()
        return complaint

    @api.model
    def _prepare_mail_vals(self, msg_dict, earlier):
        sender = email_split_tuples(msg_dict.get("email_from") or "")
        name, address = sender[0] if sender else ("", msg_dict.get("email_from"))
        subject = strip_subject(msg_dict.get("subject"))
        text = html2plaintext(msg_dict.get("body") or "", include_references=False)
        text = text.replace("\0", "").strip()
        vals = {
            "subject": subject[:SUBJECT],
            "facts": text[:FACTS],
            "channel": "email",
            "caller_name": name,
            "caller_email": email_normalize(address or "") or address,
            "follows_id": earlier.id,
        }
        if not subject and not text:
            vals["subject"] = self.env._("E-mail without text")
        return vals

    def message_update(self, msg_dict, update_vals=None):
        """An answer of the customer lets the clocks go on; one of a colleague, or of a
        machine, does not."""
        if not isinstance(msg_dict, dict):
            return True  # of a client, not of the gateway
        result = super().message_update(msg_dict, update_vals)
        if not msg_dict.get("is_internal") and not self._is_from_us(msg_dict):
            text = html2plaintext(msg_dict.get("body") or "", include_references=False)
            self._take_answer(text.replace("\0", ""))
        return result

    @api.model
    def _is_from_us(self, msg_dict):
        # Superuser: whether the author works here.
        author = self.env["res.partner"].sudo().browse(msg_dict.get("author_id") or [])
        return bool(author.user_ids) and not author.partner_share

    def _notify_get_reply_to_batch(self, defaults=None, author_ids=None):
        """Answers go to the address by which the complaint came."""
        result = super()._notify_get_reply_to_batch(
            defaults=defaults, author_ids=author_ids
        )
        for complaint in self:
            # Superuser: the address that customers know.
            address = complaint.sudo().entrance_id.alias_email
            if address:
                result[complaint.id] = self._notify_get_reply_to_formatted_email(
                    address, (author_ids or {}).get(complaint.id)
                )
        return result
