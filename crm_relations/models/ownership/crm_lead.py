from odoo import models


class CrmLead(models.Model):
    """Odoo writes phone and address of an opportunity into the customer. Where whoever
    works on the opportunity may not change the customer, they stay its own."""

    _inherit = "crm.lead"

    def _get_partner_email_update(self, force_void=True):
        may = self.partner_id._filter_changeable()
        return bool(may) and super()._get_partner_email_update(force_void)

    def _get_partner_phone_update(self, force_void=True):
        may = self.partner_id._filter_changeable()
        return bool(may) and super()._get_partner_phone_update(force_void)
