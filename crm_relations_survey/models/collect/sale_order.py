from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_ask_satisfaction(self):
        """Open the dialog in which the customer of this order is asked about it."""
        self.ensure_one()
        action = self.partner_id.action_ask_satisfaction()
        return action | {
            "context": action["context"] | {"default_order_id": self.id},
        }
