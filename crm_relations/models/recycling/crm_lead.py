from odoo import models

# What decides whether an opportunity is new, open or closed, and whose it is.
JUDGED = frozenset(
    ("partner_id", "type", "active", "stage_id", "probability", "date_closed")
)


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.pool.judged.mixin"]

    _judged_fields = JUDGED

    def _get_judged_customers(self):
        """Return the customers whose release date these opportunities can change."""
        # Superuser: whose opportunity it is does not matter to the clock.
        leads = self.sudo()
        if not leads.env["crm.pool.rule"]._depends_on("opportunity"):
            return leads.env["res.partner"]
        opportunities = leads.filtered(lambda lead: lead.type == "opportunity")
        return opportunities.partner_id.commercial_partner_id
