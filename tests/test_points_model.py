"""CL-2: the ledger of points in the database against a purse of coins, through random
lives: earned, waiting, spent, cancelled, lapsed."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, freeze_time, tagged

from odoo.addons.crm_relations.tests.common.coins import Coins

PENDING_DAYS = 10
MONTHS = 1
FIRST_DAY = date(2026, 3, 2)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["earn", "order", "spend", "cancel", "days"]),
        st.integers(1, 20),
    ),
    max_size=14,
)


@tagged("post_install", "-at_install")
class TestPointsModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.env["res.company"]._get_relations_default().resource_calendar_id.tz = "UTC"
        club = cls.env["crm.club"].create(
            {
                "name": "Club",
                "pending_days": PENDING_DAYS,
                "expiry": "months",
                "expiry_months": MONTHS,
            }
        )
        cls.program = club.program_id

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS)
    def test_card_and_ledger_are_what_a_purse_of_coins_holds(self, steps):
        card = self.env["loyalty.card"].create({"program_id": self.program.id})
        coins = Coins()
        ripe = {}
        today = FIRST_DAY
        for what, amount in steps:
            if what == "days":
                today += timedelta(days=amount)
            with freeze_time(today):
                getattr(self, f"_{what}")(card, coins, ripe, amount, today)
            card.invalidate_recordset()
            self.assertEqual(card.points, coins.balance, (what, amount, today))
        self.assertEqual(self.env["loyalty.card"]._get_off_balance(), [])

    def _days(self, card, coins, ripe, _amount, today):
        card._bring_up_to_date()
        for number, day in list(ripe.items()):
            if day <= today:
                coins.ripen(number)
                del ripe[number]
        coins.lapse(today)

    def _earn(self, card, coins, _ripe, amount, today):
        line = card._earn(amount, "hand", "Earned")
        coins.earn(line.id, amount, line.expires_on, False)

    def _order(self, card, coins, ripe, amount, today):
        line = card._earn(amount, "order", "Ordered")
        ripe[line.id] = today + timedelta(days=PENDING_DAYS)
        coins.earn(line.id, amount, line.expires_on, True)

    def _spend(self, card, coins, _ripe, amount, today):
        if amount > coins.balance:
            with self.assertRaises(UserError):
                card._spend(amount, "Spent")
        else:
            coins.spend(card._spend(amount, "Spent").id, amount)

    def _cancel(self, card, coins, _ripe, amount, today):
        """Odoo deletes the line and changes the points by as much."""
        lines = card.history_ids.filtered(
            lambda line: line.kind in ("hand", "order")
        ).sorted("id")
        reversed_lines = card.history_ids.reverses_id
        line = (lines - reversed_lines)[amount - 1 : amount]
        if not line:
            return
        before = card.points
        line.unlink()
        card.points = before - line._get_net()
        back = card.history_ids.filtered(lambda one: one.reverses_id == line)
        if line.issued:
            coins.take_back(back.id, line.id, int(line.issued))
        else:
            coins.cancel(line.id)
