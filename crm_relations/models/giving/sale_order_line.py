from odoo import api, models

PRICED = {"price_unit", "discount", "product_uom_qty", "product_id", "order_id"}


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
            confirmed = self.order_id.filtered(lambda order: order.state == "sale")
            confirmed._check_discount()

    def _count_discount(self):
        """Return what this line grants, in the currency of its order; what a line costs
        more than usual pays for no other one."""
        self.ensure_one()
        if self.display_type or self.is_downpayment or self.is_reward_line:
            return 0
        if self.combo_item_id or not self.product_id:
            return 0
        return max(self._get_usual_charge() - self._get_charge(), 0)

    def _get_charge(self):
        reduced = self.price_unit * (1 - (self.discount or 0) / 100)
        return reduced * self.product_uom_qty

    def _get_usual_charge(self):
        """Return what this costs by the price list of the customer."""
        if self._is_discount_line():
            return 0
        # Which list is the customer's depends on the company of the order.
        customer = self.order_id.partner_id.with_company(self.order_id.company_id)
        pricelist = customer.property_product_pricelist
        price = pricelist._get_product_price(
            self.product_id.with_context(**self._get_product_price_context()),
            **self._get_pricelist_kwargs(),
        )
        return price * self.product_uom_qty
