from odoo import models


class SaleOrderLine(models.Model):
    """The points of a line by one rule of a program."""

    _inherit = "sale.order.line"

    def _get_points_of_rule(self, rule):
        """Return ``{line: points}`` of these; the price of a combo is that of the lines
        of its items."""
        program_type = rule.program_id.program_type
        if rule.reward_point_mode == "money":
            unpaid = {"ewallet", "gift_card", program_type}
            lines = self.filtered(
                lambda line: line.reward_id.program_id.program_type not in unpaid
            )
            weights = lines._get_weights(lambda line, _parts: line.price_total)
            return {line: rule.reward_point_amount * part for line, part in weights}
        if rule.reward_point_mode == "unit":
            lines = self.filtered(lambda line: not line.reward_id)
            weights = lines._get_weights(
                lambda line, parts: line.product_uom_qty / len(parts)
            )
            return {line: rule.reward_point_amount * part for line, part in weights}
        weights = self._get_weights(lambda line, _parts: line.price_subtotal)
        total = sum(part for _line, part in weights)
        return {
            line: rule.reward_point_amount * part / total if total else 0
            for line, part in weights
        }

    def _get_ordered(self):
        """Return what is ordered by this line: the amount, of what is free how many."""
        return self.price_subtotal or self.product_uom_qty

    def _get_points_kept(self, earned, points):
        """Return what this line is worth now: what it earned, by as much as is ordered
        of it now, or, if it has come since, these points.

        :param earned: ``[points, what was ordered then]``, None if it has come since
        """
        if earned is None:
            return points
        earned, ordered = earned
        return earned * self._get_ordered() / ordered if ordered else 0

    def _get_weights(self, get_weight):
        """Return ``[(line with a price, weight)]`` of these."""
        return [
            (part, get_weight(part, parts))
            for parts in (line._get_lines_with_price() for line in self)
            for part in parts
        ]
