from odoo import models


class SaleOrder(models.Model):
    """What an order grants: its prices against those of the customer."""

    _inherit = "sale.order"

    def _count_discount(self):
        """Return what this order grants, in its currency, taxes aside: what its lines
        cost at the customer's own prices, less what they cost here. Lower prices by
        another price list count; rewards, which the customer has earned, do not."""
        self.ensure_one()
        # Superuser: the price list of the customer, whoever sells.
        order = self.sudo()
        total = sum(line._count_discount() for line in order.order_line)
        return max(order.currency_id.round(total), 0)

    def _get_uncovered_discount(self):
        """Return the discount, 0 where somebody has approved this much."""
        self.ensure_one()
        discount = self._count_discount()
        if not discount:
            return 0
        # Superuser: what was approved for the order, whoever confirms it.
        customer = self.partner_id.commercial_partner_id
        approved = self.sudo().concession_ids.filtered(
            lambda one: (
                one.is_counted
                and one.state == "approved"
                and one.partner_id == customer
            )
        )
        company = self.partner_id._get_relation_company()
        covered = max(
            (
                one.currency_id._convert(one.value, self.currency_id, company, one.date)
                for one in approved
            ),
            default=0,
        )
        above = self.currency_id.compare_amounts(discount, covered) > 0
        return discount if above else 0

    def _prepare_counted(self):
        """Return the concession that the discount of this order is, not saved."""
        customer = self.partner_id.commercial_partner_id
        # Superuser: judged by the machine.
        concessions = self.env["crm.concession"].sudo()
        one = concessions.new(
            {
                "partner_id": customer.id,
                "order_id": self.id,
                "is_counted": True,
            }
        )
        one.value = one._count_order()
        return one
