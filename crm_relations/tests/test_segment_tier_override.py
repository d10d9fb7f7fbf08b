from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestTierOverride(RelationsCommon):
    """SE-3: a tier set by hand, with reason, author and expiry."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls.scheme = cls._create_scheme(domain=repr([("id", "=", cls.customer.id)]))
        cls.today = fields.Date.today()

    def _set(self, until=30, reason="Framework contract", user=None):
        customer = self.customer.with_user(user or self.max)
        until = self.today + timedelta(days=until)
        return customer.set_tier(self.tier_a.id, until, reason)

    def test_holds_at_once_with_its_reason_in_the_ledger(self):
        self.assertEqual(self._set(), 1)
        self.assertEqual(self.customer.tier_id, self.tier_a)
        reason = self.customer.tier_change_ids.reason
        self.assertIn("set by hand by Max", reason)
        self.assertIn("Framework contract", reason)

    def test_the_run_respects_it_until_it_expires_and_then_says_so(self):
        self._set()
        self.assertEqual(self.scheme.run(), 0)
        self.assertEqual(self.customer.tier_id, self.tier_a)
        self.customer.tier_override_until = self.today - timedelta(days=1)
        self.assertEqual(self.scheme.run(), 1)
        self.assertEqual(self.customer.tier_id, self.tier_c)
        self.assertIn("nothing ordered", self.customer.tier_reason["sentence"])

    def test_the_last_day_is_part_of_it(self):
        self._set(until=0)
        self.assertEqual(self.scheme.run(), 0)

    def test_set_again_to_the_same_tier_leaves_no_second_line(self):
        self._set()
        self.assertEqual(self._set(until=60), 0)
        self.assertEqual(len(self.customer.tier_change_ids), 1)

    def test_past_days_missing_reasons_and_unknown_tiers_are_refused(self):
        with self.assertRefused("Choose a day to come"):
            self._set(until=-1)
        with self.assertRefused("Give the reason"):
            self._set(reason="  ")
        with self.assertRefused("does not exist"):
            self.customer.with_user(self.max).set_tier(0, "2999-01-01", "Because")
        self.assertFalse(self.customer.tier_id)

    def test_salespeople_do_not_set_tiers(self):
        with self.assertRaises(AccessError):
            self._set(user=self.sally)

    def test_by_the_wizard(self):
        action = self.customer.with_user(self.max).action_set_tier()
        wizard = self.env[action["res_model"]].with_user(self.max)
        with Form(wizard.with_context(**action["context"])) as form:
            form.tier_id = self.tier_b
            form.reason = "Tender won"
        form.record.action_apply()
        self.assertEqual(self.customer.tier_id, self.tier_b)
        self.assertEqual(self.customer.tier_override_by, self.max)


@tagged("post_install", "-at_install")
class TestTierThreshold(RelationsCommon):
    """SE-2: fixed thresholds, other measures, and the fallback for few customers."""

    def _judge(self, *amounts, **values):
        customers = self.env["res.partner"]
        for number, orders in enumerate(amounts):
            customer = self._create_customer(f"Customer {number}")
            for amount in orders:
                self._create_order(customer, amount)
            customers |= customer
        self.scheme = self._create_scheme(domain=self._only(customers), **values)
        self.scheme.cut_ids[0].at_least = 100
        self.scheme.cut_ids[1].at_least = 50
        self.scheme.run()
        self.customers = customers
        return [customer.tier_id.name for customer in customers]

    def _create_scheme(self, **values):
        cuts = [
            fields.Command.create(
                {"tier_id": tier.id, "share": share, "at_least": least}
            )
            for tier, share, least in (
                (self.tier_a, 80, 3),
                (self.tier_b, 95, 2),
                (self.tier_c, 100, 0),
            )
        ]
        return super()._create_scheme(**({"cut_ids": cuts} | values))

    def test_at_least(self):
        tiers = self._judge([100], [99.99], [50], [49.99], [], method="threshold")
        self.assertEqual(tiers, ["A", "B", "B", "C", "C"])
        self.assertRegex(
            self.customers[0].tier_change_ids.reason, r"at least .*100.* are needed"
        )

    def test_number_of_orders(self):
        customers = [[1, 1, 1], [1, 1], [1000]]
        scheme = {"method": "threshold", "measure": "orders"}
        self._judge(*customers, **scheme)
        self.scheme.cut_ids[1].at_least = 2
        self.scheme.cut_ids[0].at_least = 3
        self.scheme.run()
        self.assertEqual(self.customers.mapped("tier_id.name"), ["A", "B", "C"])
        self.assertIn("3 orders", self.customers[0].tier_reason["sentence"])

    def test_few_customers_are_judged_by_thresholds(self):
        self.assertEqual(self._judge([60], [10], minimum_population=3), ["B", "C"])
        self.scheme.minimum_population = 2
        self.scheme.run()
        self.assertEqual(self.customers.mapped("tier_id.name"), ["A", "B"])

    def test_thresholds_must_fall(self):
        with self.assertRefused("Thresholds fall"):
            self._create_scheme(
                method="threshold",
                cut_ids=[
                    fields.Command.create({"tier_id": tier.id, "at_least": 5})
                    for tier in (self.tier_a, self.tier_b)
                ],
            )
        with self.assertRefused("cannot be negative"):
            self._create_scheme(
                method="threshold",
                cut_ids=[
                    fields.Command.create({"tier_id": self.tier_a.id, "at_least": -1})
                ],
            )
