from odoo import api, models


class MailThreadBlacklist(models.AbstractModel):
    """Opportunities and others with a blacklist look for senders in a way of their
    own."""

    _inherit = "mail.thread.blacklist"

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        domain = super()._detect_loop_sender_domain(email_from_normalized)
        return self._add_hidden_senders(domain, email_from_normalized)
