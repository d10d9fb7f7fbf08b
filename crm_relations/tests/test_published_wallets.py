"""Wallets that become one, and debts that are paid, as ledgers elsewhere must do it.

Sources: Salesforce Loyalty Management ("oldest expiry first" also for what is owed),
odoo/odoo 171706 and 30141, erxes 6957 (points of merged accounts are summed up and keep
their terms), gratipay 941 (a merge loses what was there), FloCafe 78 (what has lapsed
is taken off again), the rules of Huda Beauty and Brooks Brothers (who has spent what
goes back owes it) and Oracle's Siebel Loyalty (what comes back after its end lapses).
Facts only.
"""

from datetime import date

from odoo.tests import BaseCase, freeze_time, tagged

from ..tools.point_ledger import PointLedger
from .common.club import ClubCommon


@tagged("post_install", "-at_install")
class TestPublishedDebts(BaseCase):
    def test_a_debt_is_paid_from_what_expires_first(self):
        ledger = PointLedger()
        ledger.earn(1, 100, date(2027, 12, 31))
        ledger.earn(2, 100, date(2026, 6, 30))
        ledger.owed[3] = 50
        ledger.pay_from_all()
        self.assertEqual([lot.left for lot in ledger.lots], [100, 50])

    def test_points_that_ripen_together_pay_in_the_same_order(self):
        ledger = PointLedger()
        ledger.spend(1, 30)
        late = ledger.earn(2, 20, date(2027, 12, 31), pending=True)
        soon = ledger.earn(3, 20, date(2026, 6, 30), pending=True)
        ledger.ripen(late, soon)
        self.assertEqual((late.left, soon.left), (10, 0))


@tagged("post_install", "-at_install")
class TestPublishedWallets(ClubCommon):
    def _merge(self, partners, kept):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            partners.ids, kept, extra_checks=False
        )
        self.env.invalidate_all()

    def _earn(self, card, points, last_day=None):
        line = card._earn(points, "hand", "Test")
        line.sudo().expires_on = last_day
        return line

    def _reverse(self, line):
        card = line.card_id
        card._lock_points()
        lines = line._reverse()
        card._book(lines)
        return lines

    def test_a_merged_debt_is_paid_from_what_expires_first(self):
        """100 for good and 100 until June; the other account owes 50: after June, 100
        are left, not 50."""
        member, other = (self._join(self._create_customer(name)) for name in "AB")
        forever = self._earn(member.card_id, 100)
        june = self._earn(member.card_id, 100, date(2027, 6, 30))
        gone = self._earn(other.card_id, 50)
        other.card_id._spend(50, "A gift")
        self._reverse(gone)
        self.env.invalidate_all()
        self.assertEqual(other.card_id.points, -50)
        self._merge(member.partner_id | other.partner_id, member.partner_id)
        self.assertEqual((forever.remaining, june.remaining), (100, 50))
        self.assertEqual(member.card_id.points, 150)

    def test_what_a_debt_took_twice_of_a_lot_comes_back_to_it(self):
        """120 are spent of 100 and 50; the 50 are taken back, 20 of them are owed; the
        spending is undone: all 50 were taken of the 50, and come back with their end.
        """
        card = self._join(self.customer).card_id
        first = self._earn(card, 100, date(2027, 6, 30))
        second = self._earn(card, 50, date(2027, 12, 31))
        spent = card._spend(120, "A gift")
        back = self._reverse(second)
        self.assertEqual(card.points, -20)
        self._reverse(spent)
        self.env.invalidate_all()
        self.assertEqual((first.remaining, second.remaining), (100, 0))
        uses = self.env["crm.club.point.use"].search([("spending_id", "=", back.id)])
        self.assertEqual(uses.lot_id, second)
        self.assertEqual(uses.points, 50)

    def _lapse(self, card, day="2027-07-01"):
        with freeze_time(f"{day} 10:00:00"):
            card._bring_up_to_date()
        self.env.invalidate_all()

    def assertSum(self, card, points):
        """The balance, the ledger and the sum of the lines are the same."""
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.env["loyalty.history"].search([("card_id", "=", card.id)])
        self.assertEqual((card.points, lines._get_net()), (points, points))
        self.assertEqual(self.env["loyalty.card"]._get_off_balance(), [])

    def test_what_has_lapsed_is_not_owed_when_the_goods_go_back(self):
        card = self._join(self.customer).card_id
        line = self._earn(card, 100, date(2027, 6, 30))
        self._lapse(card)
        self.assertSum(card, 0)
        self._reverse(line)
        self.assertSum(card, 0)

    def test_what_was_spent_before_the_rest_has_lapsed_is_owed(self):
        card = self._join(self.customer).card_id
        line = self._earn(card, 100, date(2027, 6, 30))
        card._spend(60, "A gift")
        self._lapse(card)
        back = self._reverse(line)
        self.assertSum(card, -60)
        self.assertEqual((back.used, back.owed), (100, 60))

    def test_what_goes_back_twice_lapsed_once(self):
        """Half of the goods, then the other half; other points stay where they are."""
        card = self._join(self.customer).card_id
        line = self._earn(card, 100, date(2027, 6, 30))
        other = self._earn(card, 30, date(2028, 6, 30))
        self._lapse(card)
        for _half in range(2):
            card._lock_points()
            half = self.env["loyalty.history"].create([line._prepare_reversal(50, 0)])
            card._book(half)
            self.assertSum(card, 30)
        self.assertEqual(other.remaining, 30)
