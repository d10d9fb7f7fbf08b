from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common.giving import GivingCommon


@tagged("post_install", "-at_install")
class TestGivingTour(GivingCommon, HttpCase):
    """Above a limit somebody else approves, seen in a browser: a gift, a discount."""

    def _show(self, tour, login, path):
        self.start_tour(path, f"crm_relations_{tour}", login=login, timeout=120)

    def test_what_is_above_a_limit_is_asked_for_approved_and_given(self):
        """GI-1, GI-2"""
        self.acme.name = "Tour Acme"
        self.vase.name = "Tour Vase"
        self.tier_a.write({"concession_limit": 100, "guards_orders": True})
        self.acme.tier_id = self.tier_a
        self.product.list_price = 1000
        line = {"product_id": self.product.id, "price_unit": 500}
        order = (
            self.env["sale.order"]
            .with_user(self.sally)
            .create({"partner_id": self.acme.id, "order_line": [Command.create(line)]})
        )
        self._show("gift_ask", "sally", "/odoo/gifts/new")
        gift = self.gifts.search([("partner_id", "=", self.acme.id)])
        self.assertEqual((gift.state, gift.item_id), ("asked", self.vase))
        self._show("gift_approve", "rita", "/odoo/gifts")
        self.assertEqual(gift.decided_by_id, self.rita)
        self._show("gift_give", "sally", "/odoo/gifts")
        self.assertEqual(gift.state, "given")
        self._show("discount_ask", "sally", "/odoo/sales")
        self.assertEqual(order.state, "draft")
        self.assertAnswers(
            order.sudo().concession_ids.with_user(self.rita).approve(), "ok"
        )
        order.action_confirm()
        self.assertEqual(order.state, "sale")
