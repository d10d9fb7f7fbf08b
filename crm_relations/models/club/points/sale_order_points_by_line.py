from odoo import models


class SaleOrder(models.Model):
    """What each line of an order earns: what is returned takes along what it earned,
    not what the rest of the order did."""

    _inherit = "sale.order"

    def _get_points_by_line(self, program):
        """Return ``{line: points}`` as the rules of a program count them now, added up
        as Odoo does for the order; where they count nothing any more, by the amounts.

        Points for the order itself are those of what counts for it, by the amounts.
        """
        self.ensure_one()
        lines = self.order_line - self._get_no_effect_on_threshold_lines()
        lines = lines.filtered(lambda line: not line.combo_item_id)
        products = program._get_valid_products(lines.product_id)
        points = dict.fromkeys(self.order_line, 0)
        for rule, valid in products.items():
            some = lines.filtered(lambda line, valid=valid: line.product_id in valid)
            for line, earned in some._get_points_of_rule(rule).items():
                points[line] += earned
        if sum(points.values()) <= 0:
            return {line: line.price_subtotal for line in self.order_line}
        return points
