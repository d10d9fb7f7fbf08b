"""Histories of points that were bug reports elsewhere, with what must be left.

Sources: nopCommerce 5595 (cancelled and refunded), FloCafe 78 (a lapsed credit counted
twice), ERPNext 32951 and PrestaShop/loyalty 23 (returned goods keep no points),
odoo/odoo 273688 (a reward changed after the order was confirmed), 212922 (a refund pays
the reward again), the knowledge base of Whitelabel Loyalty (last days). Facts only.
"""

from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools.point_ledger import PointLedger, get_last_day
from .common.points_of_orders import PointsOfOrdersCommon


@tagged("post_install", "-at_install")
class TestPublishedLedgers(BaseCase):
    def test_cancelled_and_refunded(self):
        """50 to begin with; an order costs 50 and brings 21; both go back."""
        ledger = PointLedger()
        ledger.earn(1, 50)
        ledger.spend(2, 50)
        ledger.earn(3, 21)
        ledger.take_back(4, 3, 21)
        self.assertEqual(ledger.balance, 0)
        ledger.give_back(2, 50)
        self.assertEqual(ledger.balance, 50)

    def test_a_credit_that_lapses_is_not_taken_off_twice(self):
        """100 that lapse in June, 60 of them spent in May, 50 more without end."""
        ledger = PointLedger()
        ledger.earn(1, 100, date(2026, 6, 30))
        ledger.earn(2, 50)
        ledger.spend(3, 60)
        self.assertEqual(ledger.balance, 90)
        lapsed = next(lot for lot in ledger.lots if lot.id == 1)
        ledger.spend(4, lapsed.left)
        self.assertEqual((ledger.balance, lapsed.left), (50, 0))

    def test_the_last_day(self):
        for day, mode, months, last_day in (
            (date(2026, 1, 31), "months", 1, date(2026, 2, 28)),
            (date(2024, 2, 29), "months", 12, date(2025, 2, 28)),
            (date(2025, 8, 31), "months", 6, date(2026, 2, 28)),
            # On 1 January 2025 all points of 2023 and before lapse.
            (date(2023, 1, 1), "year_end", 0, date(2024, 12, 31)),
            (date(2023, 12, 31), "year_end", 0, date(2024, 12, 31)),
        ):
            with self.subTest(day=day):
                self.assertEqual(get_last_day(day, mode, months), last_day)


@tagged("post_install", "-at_install")
class TestPublishedPoints(PointsOfOrdersCommon):
    def test_a_tenth_returned_takes_a_tenth_along(self):
        order = self._order(10)
        order.action_confirm()
        invoice = self._invoice(order)
        self.assertBalance(2000)
        self._refund(invoice, 1)
        self.assertBalance(1900)
        self._refund(invoice, 9)
        self.assertBalance(1000)

    def test_a_refund_that_is_taken_back_brings_the_points_back(self):
        order = self._order(10)
        order.action_confirm()
        refund = self._refund(self._invoice(order), 4)
        self.assertBalance(1600)
        refund.button_draft()
        self.assertBalance(2000)
        refund.action_post()
        self.assertBalance(1600)
        refund.button_draft()
        refund.button_cancel()
        self.assertBalance(2000)

    def test_a_refund_does_not_pay_the_reward_again(self):
        order = self._order(10)
        self._redeem(order)
        order.action_confirm()
        cost = sum(order.order_line.mapped("points_cost"))
        self.env.flush_all()
        self.card.invalidate_recordset()
        earned = self.card.points - 1000 + cost
        invoice = self._invoice(order)
        self._refund_all(invoice)
        self.assertBalance(1000 - cost)
        self.assertTrue(earned > 0)

    def _refund_all(self, invoice):
        invoice._reverse_moves([{"invoice_date": invoice.date}]).action_post()

    def test_a_reward_claimed_after_the_order_was_confirmed_is_in_the_ledger(self):
        order = self._order(3)
        order.action_confirm()
        self.assertBalance(1300)
        order.order_line.product_uom_qty = 6
        order._update_programs_and_rewards()
        self._redeem(order)
        cost = sum(order.order_line.mapped("points_cost"))
        self.assertTrue(cost)
        order.action_lock()
        used = self.env["loyalty.history"].search(
            [("card_id", "=", self.card.id), ("order_id", "=", order.id)]
        )
        self.assertEqual(sum(used.mapped("used")), cost)
        self.env.flush_all()
        self.assertEqual(self.env["loyalty.card"]._get_off_balance(), [])
