from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _action_confirm(self):
        result = super()._action_confirm()
        self.partner_id._become_managed_customers()
        self._refresh_customer_figures()
        return result

    def _action_cancel(self):
        confirmed = self.filtered(lambda order: order.state == "sale")
        result = super()._action_cancel()
        confirmed._refresh_customer_figures()
        return result

    def _refresh_customer_figures(self):
        customers = self.partner_id.commercial_partner_id
        if customers:
            self.env["res.partner"]._refresh_sales_figures(customers.ids)
