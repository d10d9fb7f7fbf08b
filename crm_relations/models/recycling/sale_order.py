from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def write(self, vals):
        """A confirmed order that moves to another customer or day changes the figures
        of both."""
        if {"partner_id", "date_order"}.isdisjoint(vals):
            return super().write(vals)
        confirmed = self.filtered(lambda order: order.state == "sale")
        before = confirmed.partner_id.commercial_partner_id
        result = super().write(vals)
        if confirmed:
            customers = before | confirmed.partner_id.commercial_partner_id
            # Superuser: figures of a customer follow from all its orders.
            self.env["res.partner"].sudo()._refresh_sales_figures(customers.ids)
        return result
