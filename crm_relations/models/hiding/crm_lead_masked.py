from odoo import api, models


class CrmLead(models.Model):
    """An opportunity carries copies of its customer's number and address."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.masked.mixin"]

    @api.model
    def _get_masked_fields(self):
        return {
            "phone": "phone",
            "phone_sanitized": "phone",
            "email_from": "email",
            "email_normalized": "email",
        }

    @api.model
    def _search_phone_mobile_search(self, operator, value):
        domain = super()._search_phone_mobile_search(operator, value)
        return self._get_unmasked_numbers(domain)

    def _get_partner_email_update(self, force_void=True):
        if self._is_partner_masked("email"):
            return False
        return super()._get_partner_email_update(force_void=force_void)

    def _get_partner_phone_update(self, force_void=True):
        if self._is_partner_masked("phone"):
            return False
        return super()._get_partner_phone_update(force_void=force_void)

    def _is_partner_masked(self, kind):
        """Return whether the user may not see this of the customer: nor does an
        opportunity on it fetch it, or give it back changed."""
        return kind in self._get_masked().get(self.id, ())
