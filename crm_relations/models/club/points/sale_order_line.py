from odoo import api, models


class SaleOrderLine(models.Model):
    """Rewards that come, change or go after the order was confirmed: Odoo changes the
    points of the card line by line, and the ledger is told before by how much."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            order = self.env["sale.order"].browse(vals.get("order_id"))
            card = self.env["loyalty.card"].browse(vals.get("coupon_id"))
            if (
                vals.get("points_cost")
                and card._filter_club()
                and order.state == "sale"
            ):
                self._announce_cost(order, card, vals["points_cost"])
        return super().create(vals_list)

    def write(self, vals):
        if "points_cost" in vals or "coupon_id" in vals:
            for line in self.filtered(lambda line: line.state == "sale"):
                line._announce_change(vals)
        return super().write(vals)

    def unlink(self):
        for line in self._get_lines_of_rewards():
            if line.state == "sale" and line.coupon_id._filter_club():
                line._announce_return()
        return super().unlink()

    def _get_lines_of_rewards(self):
        """Return these and the other lines of their rewards, which go with them."""
        rewards = {line._get_reward_key() for line in self if line.reward_id}
        return self | self.order_id.order_line.filtered(
            lambda line: line._get_reward_key() in rewards
        )

    def _get_reward_key(self):
        return self.reward_id, self.coupon_id, self.reward_identifier_code

    def _announce_change(self, vals):
        """Odoo gives the old cost back and takes the new one."""
        if "points_cost" not in vals:
            return
        card = self.env["loyalty.card"].browse(vals.get("coupon_id", self.coupon_id.id))
        cost = vals["points_cost"]
        if cost == self.points_cost and card == self.coupon_id:
            return
        if self.coupon_id._filter_club():
            self._announce_return()
        if card._filter_club():
            self._announce_cost(self.order_id, card, cost)

    def _announce_cost(self, order, card, cost):
        if cost:
            order._announce_points(card, used=cost)

    def _announce_return(self):
        """At most what the order has taken from this card; whatever is beyond is
        explained by nothing."""
        left = self.points_cost
        # Superuser: the ledger is closed; the points go back where they came from.
        history = self.env["loyalty.history"].sudo()
        spendings = history.search(
            [
                ("card_id", "=", self.coupon_id.id),
                ("order_model", "=", "sale.order"),
                ("order_id", "=", self.order_id.id),
                ("used", ">", 0),
                ("reverses_id", "=", False),
            ],
            order="id desc",
        )
        for spending in spendings:
            returned, _earned = spending._get_reversed()
            back = min(spending.used - returned, left)
            if back > 0:
                history.create(spending._prepare_reversal(0, back))
                left -= back
