from odoo import api, models


class MailThreadBlacklist(models.AbstractModel):
    """Whether an address is listed, Odoo asks its column; a hidden one is not there.
    Opportunities and others with a blacklist look for senders in a way of their own."""

    _inherit = "mail.thread.blacklist"

    def _compute_is_blacklisted(self):
        result = super()._compute_is_blacklisted()
        # Superuser: the closed table; only whether it is listed is told.
        hidden = self.env["crm.hidden.value"].sudo()
        hidden._filter_blacklisted(self, "email").is_blacklisted = True
        return result

    def _search_is_blacklisted(self, operator, value):
        domain = super()._search_is_blacklisted(operator, value)
        # Superuser: as above.
        hidden = self.env["crm.hidden.value"].sudo()
        return hidden._extend_blacklist_search(domain, self._name, "email", operator)

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        domain = super()._detect_loop_sender_domain(email_from_normalized)
        return self._add_hidden_senders(domain, email_from_normalized)
