from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare


class SaleOrder(models.Model):
    """What the points of a club mean for an order."""

    _inherit = "sale.order"

    def action_confirm(self):
        """What has lapsed by now pays for nothing, and nothing pays twice."""
        cards = self._get_club_cards()
        cards._bring_up_to_date()
        for card in cards if len(self) > 1 else ():
            self._check_club_points(card)
        return super().action_confirm()

    def _check_club_points(self, card):
        """Odoo asks order by order, before it takes any points."""
        waits = card.program_id._get_club().pending_days
        orders = self.filtered(lambda order: order.state != "sale")
        lines = orders.order_line.filtered(lambda line: line.coupon_id == card)
        earned = orders.coupon_point_ids.filtered(lambda line: line.coupon_id == card)
        usable = card.points + (0 if waits else sum(earned.mapped("points")))
        if (
            float_compare(usable, sum(lines.mapped("points_cost")), precision_digits=2)
            < 0
        ):
            raise ValidationError(
                self.env._(
                    "Together these orders cost more points than there are on the card "
                    "of %s.",
                    card.partner_id.display_name,
                )
            )

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
        """What cancelled orders give back is what the ledger has just reversed: part
        of it may have gone back before, with returned goods, or changed since."""
        changes = super()._get_point_changes()
        cancelled = self.filtered(lambda order: order.state == "cancel")
        if cancelled and self.env["crm.club"]._get_programs():
            cards = self.env["loyalty.card"].browse(card.id for card in changes)
            changes |= dict.fromkeys(cards._filter_club(), 0)
            for line in cancelled._get_unbooked_points():
                card = line.card_id.sudo(self.env.su)
                changes[card] = changes.get(card, 0) - line._get_net()
        return changes

    def _get_unbooked_points(self):
        """Return the lines of these orders that wait to be booked."""
        # Superuser: the ledger.
        return (
            self.env["loyalty.history"]
            .sudo()
            .search(
                [
                    ("order_model", "=", self._name),
                    ("order_id", "in", self.ids),
                    ("is_settled", "=", False),
                ]
            )
            .filtered(lambda line: line.card_id._filter_club())
        )

    def _program_check_compute_points(self, programs):
        """A club is for members: nobody gets its card by an order, and a member that is
        suspended neither earns nor spends."""
        result = super()._program_check_compute_points(programs)
        clubs = self.env["crm.club"]._get_programs()
        for program in programs.filtered(lambda program: program.id in clubs):
            if not self._has_club_card(program):
                result[program] = {
                    "error": self.env._("This customer is no member of the club.")
                }
        return result

    def _has_club_card(self, program):
        # Superuser: whether there is one, whoever sells.
        cards = self.env["loyalty.card"].sudo()
        domain = [
            ("program_id", "=", program.id),
            ("partner_id", "=", self.partner_id.id),
        ]
        return bool(cards.search_count(domain, limit=1))

    def _add_points_for_coupon(self, coupon_points):
        """What a confirmed order earns afterwards is told to the ledger before."""
        if self.state == "sale":
            for card, points in coupon_points.items():
                if points and card._filter_club():
                    self._announce_points(card, max(points, 0), max(-points, 0))
        return super()._add_points_for_coupon(coupon_points)

    def _announce_points(self, card, issued=0, used=0):
        # Superuser: the ledger is closed; the order says what it earns and costs.
        self.env["loyalty.history"].sudo().create(
            {
                "card_id": card.id,
                "kind": "order",
                "description": self.env._("Order %s", self.display_name),
                "issued": issued,
                "used": used,
                "order_model": self._name,
                "order_id": self.id,
            }
        )

    def _update_loyalty_history(self, coupon_id, points):
        """The line has been announced to the ledger before."""
        if coupon_id._filter_club():
            return None
        return super()._update_loyalty_history(coupon_id, points)
