from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestTierScheme(RelationsCommon):
    """SE-2: tiers by cumulative share, at the edges."""

    def _judge(self, *amounts, cuts=None, **values):
        """Return the tiers of customers who ordered for these amounts."""
        customers = self.env["res.partner"]
        for number, amount in enumerate(amounts):
            customer = self._create_customer(f"Customer {number}")
            if amount:
                self._create_order(customer, amount)
            customers |= customer
        scheme = self._create_scheme(cuts, domain=self._only(customers), **values)
        scheme.run()
        return [customer.tier_id.name for customer in customers]

    def test_few_customers_bring_most(self):
        self.assertEqual(self._judge(700, 150, 100, 30, 20), ["A", "A", "B", "C", "C"])

    def test_the_customer_that_crosses_a_cut_belongs_to_the_better_tier(self):
        self.assertEqual(self._judge(79, 21), ["A", "A"])

    def test_a_cut_that_is_reached_exactly_ends_the_tier(self):
        self.assertEqual(self._judge(80, 15, 5), ["A", "B", "C"])

    def test_equal_customers_stay_together(self):
        self.assertEqual(self._judge(50, 20, 20, 10), ["A", "A", "A", "B"])
        self.assertEqual(self._judge(5, 5, 5), ["A", "A", "A"])

    def test_without_revenue_the_last_tier(self):
        self.assertEqual(self._judge(100, 0), ["A", "C"])

    def test_an_empty_window_puts_everyone_in_the_last_tier(self):
        self.assertEqual(self._judge(0, 0), ["C", "C"])

    def test_cuts_below_100_percent_leave_the_rest_without_tier(self):
        self.assertEqual(
            self._judge(80, 15, 5, 0, cuts=[(self.tier_a, 80), (self.tier_b, 95)]),
            ["A", "B", False, False],
        )

    def test_one_customer_is_the_best(self):
        self.assertEqual(self._judge(1), ["A"])

    def test_orders_outside_the_window_do_not_count(self):
        inside, outside = self._create_customer("In"), self._create_customer("Out")
        self._create_order(inside, 10, days_ago=80)
        self._create_order(outside, 1000, days_ago=100)
        self._create_scheme(domain=self._only(inside | outside), window_months=3).run()
        self.assertEqual((inside | outside).mapped("tier_id.name"), ["A", "C"])

    def test_quotations_do_not_count(self):
        ordered, asked = (
            self._create_customer("Ordered"),
            self._create_customer("Asked"),
        )
        self._create_order(ordered, 10)
        self._create_order(asked, 1000, confirm=False)
        self._create_scheme(domain=self._only(ordered | asked)).run()
        self.assertEqual((ordered | asked).mapped("tier_id.name"), ["A", "C"])

    def test_a_customer_is_judged_by_one_scheme_the_most_specific(self):
        vip = self.env["res.partner.category"].create({"name": "VIP"})
        special = self._create_customer("Special", category_id=vip.ids)
        plain = self._create_customer("Plain")
        self._create_order(plain, 100)
        both = self._only(special | plain)
        general = self._create_scheme(domain=both)
        narrow = self._create_scheme(
            [(self.tier_b, 100)], domain=both, category_ids=vip.ids
        )
        (general | narrow).run()
        self.assertEqual(special.tier_id, self.tier_b)
        self.assertEqual(plain.tier_id, self.tier_a)
        self.assertEqual(general.preview()["count"], 0)

    def test_another_companys_customers_are_left_alone(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self._create_customer(company_id=other.id)
        scheme = self._create_scheme(
            company_id=self.company.id, domain=self._only(foreign)
        )
        self.assertEqual(scheme.run(), 0)

    def test_cuts_must_rise_and_stay_within_100_percent(self):
        for shares, message in (
            ((80, 80), "rise"),
            ((95, 80), "rise"),
            ((80, 100.5), "do not exceed 100 %"),
            ((0, 80), "above 0 %"),
        ):
            with self.subTest(shares), self.assertRefused(message):
                self._create_scheme(
                    list(zip((self.tier_a, self.tier_b), shares, strict=True))
                )

    def test_a_tier_stands_in_a_scheme_once(self):
        with self.assertRefused("once"):
            self._create_scheme([(self.tier_a, 80), (self.tier_a, 90)])

    def test_changing_a_line_is_checked_too(self):
        scheme = self._create_scheme()
        first = scheme.cut_ids[0]
        with self.assertRefused("rise"):
            scheme.cut_ids = [Command.update(first.id, {"share": 96})]
        first.share = 96
        with self.assertRefused("rise"):
            scheme.run()
        first.share = 80
        with self.assertRefused("no cuts"):
            scheme.cut_ids = [Command.clear()]

    @mute_logger("odoo.sql_db")
    def test_an_empty_or_endless_window_is_refused(self):
        for months in (0, -1, 241, 10**9):
            with self.subTest(months), self.assertRaises(ValidationError):
                self._create_scheme(window_months=months)

    def test_a_tier_in_use_cannot_be_deleted(self):
        customer = self._create_customer()
        customer.tier_id = self.tier_a
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.tier_a.unlink()
