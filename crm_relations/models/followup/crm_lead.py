from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def action_log_followup(self):
        """Open a new follow-up of this opportunity in a dialog."""
        self.ensure_one()
        return self.env["crm.followup"]._get_quick_action(
            {
                "default_partner_id": self.partner_id.id,
                "default_opportunity_id": self.id,
            }
        )
