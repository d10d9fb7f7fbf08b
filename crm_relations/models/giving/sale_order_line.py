from odoo import api, models
from odoo.exceptions import UserError

PRICED = {
    *("price_unit", "discount", "product_uom_qty", "product_id", "order_id"),
    *("product_uom_id", "is_downpayment", "reward_id", "coupon_id", "display_type"),
}


class SaleOrderLine(models.Model):
    """A confirmed order gets no discount by the back door."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_confirmed_discount()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not PRICED.isdisjoint(vals):
            self._check_confirmed_discount()
        return result

    def _check_confirmed_discount(self):
        if self.env["crm.tier"]._get_ids_that_guard():
            confirmed = self.filtered(lambda line: line.state == "sale")
            confirmed._check_rewards_of_program()
            confirmed.order_id._check_discount()

    def _check_rewards_of_program(self):
        """What a reward takes off is no discount, and no client types it: programs
        write their rewards as superuser."""
        rewards = self.filtered("reward_id")
        if not self.env.su and rewards.order_id._filter_guarded_orders():
            raise UserError(
                self.env._(
                    "What a reward takes off follows from its program: change the "
                    "order, then update its rewards."
                )
            )

    def _count_discount(self):
        """Return what this line grants, in the currency of its order; what a line costs
        more than usual pays for no other one."""
        self.ensure_one()
        # Without a card nothing has counted the reward.
        if self.reward_id and self.coupon_id:
            return 0
        return max(self._get_usual_charge() - self._get_charge(), 0)

    def _get_charge(self):
        reduced = self.price_unit * (1 - (self.discount or 0) / 100)
        return reduced * self.product_uom_qty

    def _get_usual_charge(self):
        """Return what this costs by the price list of the customer."""
        if not self._is_sale_of_product():
            return 0
        # Which list is the customer's depends on the company of the order.
        customer = self.order_id.partner_id.with_company(self.order_id.company_id)
        pricelist = customer.property_product_pricelist
        price = pricelist._get_product_price(
            self.product_id.with_context(**self._get_product_price_context()),
            **self._get_pricelist_kwargs(),
        )
        return price * self.product_uom_qty

    def _is_sale_of_product(self):
        """Return whether a product goes to the customer, or goods come back: of other
        lines all that they take off counts."""
        if not self.product_id or self.is_downpayment or self.combo_item_id:
            return False
        undone = self.product_uom_qty < 0 and self.product_id.type == "service"
        return not undone and not self._is_discount_line()
