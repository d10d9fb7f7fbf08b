from odoo import models

from ...tools.masking import mask_email


class MailThread(models.AbstractModel):
    """Whom the composer proposes to write to, without telling the address."""

    _inherit = "mail.thread"

    def _message_get_suggested_recipients_batch(self, *args, **kwargs):
        proposed = super()._message_get_suggested_recipients_batch(*args, **kwargs)
        if self.env.su or not self.env["crm.pool"]._get_masking():
            return proposed
        partners = self.env["res.partner"].browse(
            who["partner_id"]
            for found in proposed.values()
            for who in found
            if who["partner_id"]
        )
        masked = partners._get_masked()
        # An opportunity's own copy of the address belongs to no partner.
        owned = getattr(self, "_get_masked", dict)()
        for number, found in proposed.items():
            if "email" in owned.get(number, ()):
                found[:] = [who for who in found if who["partner_id"]]
            for who in found:
                if "email" in masked.get(who["partner_id"], ()):
                    who["email"] = mask_email(who["email"])
        return proposed
