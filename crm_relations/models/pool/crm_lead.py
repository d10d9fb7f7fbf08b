from odoo import api, models

# What decides whether an opportunity is new, open or closed, and whose it is.
JUDGED = frozenset(
    ("partner_id", "type", "active", "stage_id", "probability", "date_closed")
)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._get_judged_customers()._release_date_changed()
        return leads

    def write(self, vals):
        if JUDGED.isdisjoint(vals):
            return super().write(vals)
        customers = self._get_judged_customers()
        result = super().write(vals)
        (customers | self._get_judged_customers())._release_date_changed()
        return result

    def unlink(self):
        customers = self._get_judged_customers()
        result = super().unlink()
        customers._release_date_changed()
        return result

    def _get_judged_customers(self):
        """Return the customers whose release date these opportunities can change."""
        # Superuser: whose opportunity it is does not matter to the clock.
        leads = self.sudo()
        if not leads.env["crm.pool.rule"]._depends_on("opportunity"):
            return leads.env["res.partner"]
        opportunities = leads.filtered(lambda lead: lead.type == "opportunity")
        return opportunities.partner_id.commercial_partner_id
