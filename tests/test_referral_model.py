"""CL-6: the reward of a referral against its rule in plain words, through random lives
of the new customer's orders: bought, paid, partly or wholly given back, cancelled."""

from dataclasses import dataclass

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.crm_relations.tests.common.referral import ReferralCommon

PRICE = 100
LEAST = 3  # pieces that an order must keep to be rewarded
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["buy", "buy_unpaid", "pay", "give_back", "cancel"]),
        st.integers(1, 5),
    ),
    min_size=1,
    max_size=6,
)


@dataclass
class Bought:
    """An order as somebody remembers it who was there."""

    order: object
    pieces: int
    is_paid: bool
    is_cancelled: bool = False


@tagged("post_install", "-at_install")
class TestReferralModel(ReferralCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule.order_amount = LEAST * PRICE

    @settings(
        max_examples=8,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @example([("buy", 4), ("give_back", 2), ("buy", 5), ("give_back", 2)])
    @example([("buy", 3), ("cancel", 1), ("buy_unpaid", 5), ("pay", 1)])
    @given(STEPS)
    def test_reward_stands_as_long_as_the_first_paid_order_is_worth_it(self, steps):
        new = self._create_customer("New", user_id=self.sam.id)
        referral = self._refer(new)
        before = self.member.card_id.points
        bought = []
        for what, number in steps:
            getattr(self, f"_{what}_step")(new, bought, number)
            points = 200 if self._is_rewarded(bought) else 0
            told = [(one.pieces, one.is_paid, one.is_cancelled) for one in bought]
            self.assertEqual(referral.points, points, (what, number, told))
            earned = self.member.card_id.points - before
            self.assertEqual(earned, points, (what, number, told))
        lines = self.member.card_id.history_ids
        qualifying = sum(lines.mapped("qualifying"))
        self.assertEqual(qualifying, self.member.card_id.points)
        self.assertFalse(self.env["loyalty.card"]._get_off_balance())

    def _is_rewarded(self, bought):
        standing = [
            one for one in bought if one.is_paid and one.pieces and not one.is_cancelled
        ]
        return bool(standing) and standing[0].pieces >= LEAST

    def _buy_step(self, new, bought, pieces):
        bought.append(Bought(self._buy(new, PRICE, pieces), pieces, True))

    def _buy_unpaid_step(self, new, bought, pieces):
        order = self._buy(new, PRICE, pieces, pay=False)
        bought.append(Bought(order, pieces, False))

    def _pay_step(self, _new, bought, number):
        unpaid = [one for one in bought if not one.is_paid and not one.is_cancelled]
        for one in unpaid[:number]:
            invoice = one.order._create_invoices()
            invoice.action_post()
            self._pay(invoice)
            one.is_paid = True

    def _give_back_step(self, _new, bought, number):
        paid = [one for one in bought if one.is_paid and one.pieces]
        for one in paid[:1]:
            pieces = min(number, one.pieces)
            self._return(one.order, pieces)
            one.pieces -= pieces

    def _cancel_step(self, _new, bought, _number):
        standing = [one for one in bought if not one.is_cancelled]
        for one in standing[:1]:
            one.order._action_cancel()
            self._follow()
            one.is_cancelled = True
