from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common.club import ClubCommon


@tagged("post_install", "-at_install")
class TestClubTour(ClubCommon, HttpCase):
    def test_points_are_redeemed_on_an_order(self):
        """CL-2: as a salesperson, in a browser."""
        self.customer.name = "Tour Member"
        card = self._join(self.customer).card_id
        card._earn(300, "hand", "Welcome")
        product = self.env["product.product"].create(
            {"name": "Tour Thing", "list_price": 500, "taxes_id": False}
        )
        order = (
            self.env["sale.order"]
            .with_user(self.sally)
            .create(
                {
                    "partner_id": self.customer.id,
                    "order_line": [Command.create({"product_id": product.id})],
                }
            )
        )
        self.start_tour(
            "/odoo/sales", "crm_relations_club_redeem", login="sally", timeout=120
        )
        self.assertEqual(order.state, "sale")
        reward = order.order_line.filtered("is_reward_line")
        self.assertGreaterEqual(reward.points_cost, 200)
        earned = sum(order.coupon_point_ids.mapped("points"))
        self.assertEqual(card.points, 300 + earned - reward.points_cost)
        self.assertEqual(card._get_off_balance(), [])
