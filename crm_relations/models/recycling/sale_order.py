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
            after = confirmed.partner_id.commercial_partner_id
            (before | after)._purchases_changed()
        return result
