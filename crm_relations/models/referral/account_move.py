from odoo import models


class AccountMove(models.Model):
    """An invoice is paid: it may be that of the first order of a new customer."""

    _inherit = "account.move"

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        # Superuser: orders of customers, whoever books a payment.
        orders = self.sudo().line_ids.sale_line_ids.order_id
        customers = orders.partner_id.commercial_partner_id
        if customers._has_referrals():
            customers._purchases_changed()
        return result
