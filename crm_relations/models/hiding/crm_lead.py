from odoo import models


class CrmLead(models.Model):
    """An opportunity carries copies of its customer's number and address."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.hidden.mixin"]

    _hidden_triggers = frozenset(("partner_id", "phone", "email_from"))

    def _get_partner_email_update(self, force_void=True):
        if self._is_partner_hidden("email"):
            return False
        return super()._get_partner_email_update(force_void=force_void)

    def _get_partner_phone_update(self, force_void=True):
        if self._is_partner_hidden("phone"):
            return False
        return super()._get_partner_phone_update(force_void=force_void)

    def _is_partner_hidden(self, kind):
        """Return whether this of the customer is hidden: what stands in an opportunity
        never takes its place."""
        if not self.partner_id or not self.env["crm.pool"]._hides_anything():
            return False
        kept = self.partner_id._origin._get_partner_kept()
        return any(values[kind] for values in kept.values())
