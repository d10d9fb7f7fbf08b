from odoo import models


class MailThreadCc(models.AbstractModel):
    """Who else got a mail is noted without those whose address is hidden."""

    _inherit = "mail.thread.cc"

    def _mail_cc_sanitized_raw_dict(self, cc_string):
        people = super()._mail_cc_sanitized_raw_dict(cc_string)
        # Superuser: the closed table; nothing of it is told.
        hidden = self.env["crm.hidden.value"].sudo()._find_partners("email", people)
        return {key: who for key, who in people.items() if key not in hidden}
