from odoo import models


class CrmLead(models.Model):
    """An opportunity makes a customer: not a second one, where that is forbidden."""

    _inherit = "crm.lead"

    def _manage_customers(self):
        # What visitors and mails make is not refused: the duplicate is listed.
        user = self.env.user
        if user._is_internal() and not user._is_superuser():
            opportunities = self.filtered(lambda lead: lead.type == "opportunity")
            opportunities.partner_id._check_becoming_customers()
        return super()._manage_customers()
