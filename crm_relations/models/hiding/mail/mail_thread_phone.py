from odoo import models


class MailThreadPhone(models.AbstractModel):
    """Whether a number is listed, Odoo asks its column; a hidden one is not there."""

    _inherit = "mail.thread.phone"

    def _compute_blacklisted(self):
        result = super()._compute_blacklisted()
        # Superuser: the closed table; only whether it is listed is told.
        listed = self.env["crm.hidden.value"].sudo()._filter_blacklisted(self, "phone")
        listed.phone_sanitized_blacklisted = listed.phone_blacklisted = True
        return result

    def _search_phone_sanitized_blacklisted(self, operator, value):
        domain = super()._search_phone_sanitized_blacklisted(operator, value)
        # Superuser: as above.
        hidden = self.env["crm.hidden.value"].sudo()
        return hidden._extend_blacklist_search(domain, self._name, "phone", operator)
