from odoo import models

from .res_partner_returns import KEY


class SaleOrder(models.Model):
    """What the points of a club mean for an order."""

    _inherit = "sale.order"

    def action_confirm(self):
        """What has lapsed by now pays for nothing."""
        self._get_club_cards()._bring_up_to_date()
        return super().action_confirm()

    def _get_club_cards(self):
        cards = self.order_line.coupon_id | self.coupon_point_ids.coupon_id
        return (cards | self.applied_coupon_ids)._filter_club()

    def _add_loyalty_history_lines(self):
        """Superuser: the ledger is closed; what is written follows from the order."""
        return super(SaleOrder, self.sudo())._add_loyalty_history_lines()

    def _get_real_points_for_coupon(self, coupon, post_confirm=False):
        """Points that will wait cannot be spent by the order that brings them."""
        points = super()._get_real_points_for_coupon(coupon, post_confirm)
        waits = coupon._filter_club() and coupon.program_id._get_club().pending_days
        if not waits or self.state == "sale" or coupon.program_id.applies_on != "both":
            return points
        own = self.coupon_point_ids.filtered(lambda line: line.coupon_id == coupon)
        return points - sum(own.mapped("points"))

    def _get_point_changes(self):
        """What was taken back as goods were returned is not taken back again as the
        order is cancelled."""
        changes = super()._get_point_changes()
        cancelled = self.filtered(lambda order: order.state == "cancel")
        cards = cancelled and cancelled._get_club_cards()
        if cards:
            for line in cancelled._get_returned_points():
                if line.card_id in changes:
                    changes[line.card_id] -= line._get_return_left()
        return changes

    def _get_returned_points(self):
        """Return the lines by which points of these orders were taken back before."""
        # Superuser: the ledger.
        return (
            self.env["loyalty.history"]
            .sudo()
            .search(
                [
                    ("order_model", "=", self._name),
                    ("order_id", "in", self.ids),
                    ("source_key", "=like", f"{KEY}%"),
                ]
            )
        )

    def _update_loyalty_history(self, coupon_id, points):
        """The line has been announced to the ledger before."""
        if not coupon_id._filter_club():
            super()._update_loyalty_history(coupon_id, points)
