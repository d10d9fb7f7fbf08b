from odoo import api, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._manage_customers()
        return leads

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals or "type" in vals:
            self._manage_customers()
        return result

    def _manage_customers(self):
        """An opportunity makes its customer a managed one; a lead does not yet."""
        opportunities = self.filtered(lambda lead: lead.type == "opportunity")
        opportunities.partner_id._become_managed_customers()
