"""The ledger of points against a plain model that counts each single point."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.crm_relations.tools.point_ledger import PointLedger, get_last_day

from .common.coins import Coins

DAYS = [None, date(2026, 1, 31), date(2026, 6, 30), date(2027, 12, 31)]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("earn"), st.integers(0, 20), st.sampled_from(DAYS)),
        st.tuples(st.just("wait"), st.integers(0, 20), st.sampled_from(DAYS)),
        st.tuples(st.just("spend"), st.integers(0, 25), st.none()),
        st.tuples(st.just("cancel"), st.integers(0, 30), st.none()),
        st.tuples(st.just("ripen"), st.integers(0, 30), st.none()),
    ),
    max_size=25,
)


@tagged("post_install", "-at_install")
class TestClubLedgerTools(BaseCase):
    @settings(suppress_health_check=list(HealthCheck), deadline=None)
    @given(STEPS)
    def test_it_counts_as_if_each_point_were_a_coin(self, steps):
        ledger, coins, spent = PointLedger(), Coins(), {}
        for number, (what, *told) in enumerate(steps):
            getattr(self, f"_{what}")(ledger, coins, spent, number, *told)
            self.assertEqual(ledger.balance, coins.balance, (number, what))
        left = sorted(coins.purse)
        lots = [
            (lot.expires_on or date.max, lot.id)
            for lot in ledger.lots
            for _point in range(int(lot.left))
            if not lot.pending
        ]
        self.assertEqual(sorted(lots), left)

    def _earn(self, ledger, coins, spent, number, amount, last_day, waits=False):
        ledger.earn(number, amount, last_day, waits)
        coins.earn(number, amount, last_day, waits)

    def _wait(self, *told):
        self._earn(*told, waits=True)

    def _spend(self, ledger, coins, spent, number, amount, _day):
        ledger.spend(number, amount)
        coins.spend(number, amount)
        spent[number] = amount

    def _cancel(self, ledger, coins, spent, _number, which, _day):
        if which in spent:
            ledger.give_back(which, spent.pop(which))
            coins.cancel(which)

    def _ripen(self, ledger, coins, _spent, _number, which, _day):
        for lot in ledger.lots:
            if lot.id == which and lot.pending:
                ledger.ripen(lot)
        coins.ripen(which)

    def test_what_lapses_first_is_spent_first(self):
        ledger = PointLedger()
        ledger.earn(1, 10, date(2027, 1, 1))
        ledger.earn(2, 10, date(2026, 1, 1))
        ledger.earn(3, 10)
        ledger.spend(4, 15)
        self.assertEqual(ledger.uses, {(4, 2): 10, (4, 1): 5})

    def test_an_earning_taken_back_after_it_was_spent_leaves_a_debt(self):
        ledger = PointLedger()
        ledger.earn(1, 100)
        ledger.spend(2, 80)
        ledger.take_back(3, 1, 100)
        self.assertEqual(ledger.balance, -80)
        ledger.earn(4, 100)
        self.assertEqual(ledger.balance, 20)
        self.assertEqual(ledger.owed, {})

    def test_negative_points_are_refused(self):
        with pytest.raises(ValueError, match="negative"):
            PointLedger().earn(1, -1)

    def test_the_last_day(self):
        day = date(2026, 1, 31)
        self.assertIsNone(get_last_day(day, "never", 12))
        self.assertEqual(get_last_day(day, "months", 1), date(2026, 2, 28))
        self.assertEqual(get_last_day(day, "year_end", 0), date(2027, 12, 31))
