from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _refresh_customer_figures(self):
        result = super()._refresh_customer_figures()
        customers = self.partner_id.commercial_partner_id
        if customers:
            self.env["res.partner"]._refresh_activity(customers.ids)
            # Superuser: a sale ends the loss, whoever makes it.
            lost = self.env["crm.lost.customer"].sudo()
            lost._find_won_back(customers.ids)
        return result
