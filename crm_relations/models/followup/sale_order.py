from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_log_followup(self):
        """Open a new follow-up of this quotation or order in a dialog."""
        self.ensure_one()
        return self.env["crm.followup"]._get_quick_action(
            {
                "default_partner_id": self.partner_id.id,
                "default_opportunity_id": self.opportunity_id.id,
                "default_order_id": self.id,
            }
        )
