from odoo import api, models
from odoo.tools import format_amount

from ...tools.sentences import join_label


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

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: names of a colleague and of the reason, to who may read it.
        lead = self.sudo()
        currency = lead.company_currency or self.env.company.currency_id
        amount = format_amount(self.env, lead.expected_revenue, currency)
        return {
            "date": lead.partner_id._format_history_moment(lead.date_closed),
            "title": join_label(self.env, lead.name, amount)
            if lead.expected_revenue
            else lead.name,
            "text": lead.lost_reason_id.name or "",
            "by": lead.user_id.name or "",
            "res_model": self._name,
            "res_id": self.id,
        }
