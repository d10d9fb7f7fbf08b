from odoo.fields import Command
from odoo.tests import tagged

from .common.club import ClubCommon


@tagged("post_install", "-at_install")
class TestClubCost(ClubCommon):
    """CL-2: what a club adds to the confirmation of an order does not grow with the
    points of its member, nor with the lines of the order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create(
            {"name": "Thing", "list_price": 500, "taxes_id": False}
        )

    def _count(self, lines, lots=0, spends=0):
        """Return how many statements an order takes that is paid by points of so many
        lots; without lots, of who is no member."""
        partner = self._create_customer("Buyer")
        card = self._join(partner).card_id if lots else None
        for _number in range(spends):
            card._earn(1, "hand", "Coffee")
            card._spend(1, "Coffee")
        for number in range(lots):
            card._earn(200 / lots, "hand", f"Lot {number}")
        order = self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [
                    Command.create({"product_id": self.product.id})
                    for _number in range(lines)
                ],
            }
        )
        order._update_programs_and_rewards()
        if card:
            reward = self.club.program_id.reward_ids[:1]
            self.assertFalse(order._apply_program_reward(reward, card))
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        order.action_confirm()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_confirming_costs_the_same_for_few_points_and_for_many(self):
        self._count(1, 1)  # what is kept in memory afterwards
        few = self._count(1, 2, spends=1)
        self.assertEqual(self._count(1, 40, spends=20), few)

    def test_what_a_club_adds_does_not_grow_with_the_lines(self):
        self._count(1, 1)
        one, many = (self._count(n, 2) - self._count(n) for n in (1, 12))
        self.assertEqual(many, one)
