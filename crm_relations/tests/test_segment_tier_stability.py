from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.fields import Command
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestTierStability(RelationsCommon):
    """SE-3: no to and fro, patience before a downgrade, time for newcomers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._get_relations_today()
        cls.customer = cls._create_customer()
        cls.order = cls._create_order(cls.customer, 1000)
        cls.scheme = cls.env["crm.tier.scheme"].create(
            {
                "name": "Thresholds",
                "method": "threshold",
                "start_date": cls.today,
                "domain": cls._only(cls.customer),
                "cut_ids": [
                    Command.create({"tier_id": tier.id, "at_least": value})
                    for tier, value in (
                        (cls.tier_a, 1000),
                        (cls.tier_b, 500),
                        (cls.tier_c, 0),
                    )
                ],
            }
        )

    def _sell(self, amount):
        self.order.order_line.price_unit = amount

    def _assert_tier(self, tier, changes=None):
        changed = self.scheme.run()
        self.customer.invalidate_recordset(["tier_reason"])
        self.assertEqual(self.customer.tier_id, tier)
        if changes is not None:
            self.assertEqual(changed, changes)

    def test_the_border_band_holds_up_to_its_edge(self):
        self.scheme.border_band_percent = 10
        self._assert_tier(self.tier_a, 1)
        self._sell(900)
        self._assert_tier(self.tier_a, 0)
        self._sell(899.99)
        self._assert_tier(self.tier_b, 1)

    def test_the_band_keeps_a_tier_but_gives_none(self):
        self.scheme.border_band_percent = 10
        self._sell(950)
        self._assert_tier(self.tier_b, 1)
        self._sell(1000)
        self._assert_tier(self.tier_a, 1)

    def test_the_band_of_shares_widens_the_cut(self):
        self.scheme.active = False
        other = self._create_customer("Other")
        self._create_order(other, 1000)
        scheme = self._create_scheme(
            [(self.tier_a, 50), (self.tier_b, 100)],
            domain=self._only(self.customer | other),
        )
        scheme.run()
        self.assertEqual(self.customer.tier_id, self.tier_a)
        self._sell(980)
        scheme.border_band_percent = 2
        self.assertEqual(scheme.run(), 0, "1000 of 1980 are 50.5 %, up to 51 % hold")
        scheme.border_band_percent = 1
        self.assertEqual(scheme.run(), 1, "1000 of 1980 are not below 50.5 %")
        self.assertEqual(self.customer.tier_id, self.tier_b)

    def test_a_downgrade_waits_for_so_many_months(self):
        self.scheme.downgrade_after_months = 2
        self._assert_tier(self.tier_a, 1)
        self._sell(500)
        self._assert_tier(self.tier_a, 0)
        self.assertEqual(self.customer.tier_below_since, self.today)
        self.assertIn(
            "goes down on", self.customer.tier_reason["next"], "the badge warns"
        )
        self.assertEqual(self.scheme.preview()["count"], 0)
        almost, wait = self.today - relativedelta(months=2), relativedelta(months=2)
        while almost + wait <= self.today:  # months have no 30th, or no 31st
            almost += timedelta(days=1)
        self.customer.tier_below_since = almost
        self._assert_tier(self.tier_a, 0)
        self.customer.tier_below_since = self.today - relativedelta(months=2)
        self._assert_tier(self.tier_b, 1)
        self.assertFalse(self.customer.tier_below_since)
        self.assertIn(
            "Below the tier it had since", self.customer.tier_reason["sentence"]
        )

    def test_who_recovers_starts_anew(self):
        self.scheme.downgrade_after_months = 2
        self._assert_tier(self.tier_a, 1)
        self._sell(500)
        self._assert_tier(self.tier_a, 0)
        self._sell(1000)
        self._assert_tier(self.tier_a, 0)
        self.assertFalse(self.customer.tier_below_since)

    def test_going_up_never_waits(self):
        self.scheme.downgrade_after_months = 12
        self._sell(1)
        self._assert_tier(self.tier_c, 1)
        self._sell(1000)
        self._assert_tier(self.tier_a, 1)

    def test_waiting_writes_once_only(self):
        self.scheme.downgrade_after_months = 2
        self._assert_tier(self.tier_a, 1)
        self._sell(500)
        self.scheme.run()
        self.assertEqual(self.scheme._fill_queue(), 0)
        self.assertEqual(len(self.customer.tier_change_ids), 1)

    def test_what_was_set_by_hand_does_not_wait_when_it_ends(self):
        self.scheme.write({"downgrade_after_months": 6, "border_band_percent": 50})
        self._sell(600)
        self.customer.with_user(self.max).set_tier(
            self.tier_a.id, self.today + timedelta(days=3), "Framework contract"
        )
        self._assert_tier(self.tier_a, 0)
        self.customer.tier_override_until = self.today - timedelta(days=1)
        self._assert_tier(self.tier_b, 1)
        self.assertIn("set by hand ended on", self.customer.tier_reason["sentence"])
        self.assertFalse(self.customer.tier_override_id)
        self.assertFalse(self.customer.tier_override_reason)
        self._assert_tier(self.tier_b, 0)

    def test_the_run_says_so_also_where_the_tier_stays(self):
        self.customer.with_user(self.max).set_tier(
            self.tier_a.id, self.today, "Framework contract"
        )
        self._assert_tier(self.tier_a, 0)
        self.customer.tier_override_until = self.today - timedelta(days=1)
        since = self.customer.tier_since
        self._assert_tier(self.tier_a, 1)
        self.assertIn("set by hand ended on", self.customer.tier_reason["sentence"])
        self.assertEqual(self.customer.tier_since, since)
        self._assert_tier(self.tier_a, 0)

    def test_newcomers_are_not_judged_before_their_time(self):
        self.scheme.newcomer_days = 30
        first = self.today - timedelta(days=29)
        self.customer.first_order_on = first
        self._assert_tier(self.env["crm.tier"], 0)
        self.customer.first_order_on = first - timedelta(days=1)
        self._assert_tier(self.tier_a, 1)

    def test_without_orders_the_day_of_creation_counts(self):
        self.scheme.newcomer_days = 30
        self.customer.first_order_on = False
        self._assert_tier(self.env["crm.tier"], 0)
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = create_date - interval '30 days' "
            "WHERE id = %s",
            [self.customer.id],
        )
        self._assert_tier(self.tier_a, 1)

    def test_what_is_set_by_hand_holds_for_newcomers(self):
        self.scheme.newcomer_days = 30
        self.customer.first_order_on = self.today
        self.customer.with_user(self.max).set_tier(
            self.tier_b.id, self.today, "Known from elsewhere"
        )
        self._assert_tier(self.tier_b, 0)

    def test_unreasonable_patience_is_refused(self):
        for name, value in (
            ("border_band_percent", -1),
            ("border_band_percent", 51),
            ("downgrade_after_months", -1),
            ("downgrade_after_months", 241),
            ("newcomer_days", -1),
            ("newcomer_days", 4000),
        ):
            with (
                self.subTest(name=name, value=value),
                self.assertRefused("between|0 to"),
            ):
                self.scheme[name] = value
