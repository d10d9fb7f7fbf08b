from odoo import models


class SaleOrderCouponPoints(models.Model):
    _inherit = "sale.order.coupon.points"

    def unlink(self):
        """Whoever may cancel an order cancels what it earns; Odoo lets no salesperson
        delete that, and the orders of members all earn."""
        orders = self.order_id
        cancelled = all(order.state == "cancel" for order in orders)
        if self.env.su or not cancelled or not orders.has_access("write"):
            return super().unlink()
        # Superuser: as the order says, which the caller may change.
        return super(SaleOrderCouponPoints, self.sudo()).unlink()
