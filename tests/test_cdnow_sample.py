"""SE-2: tiers of the CDNOW sample equal an independent calculation over the file."""

import sys
from collections import Counter, defaultdict
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from dateutil.relativedelta import relativedelta

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged

sys.path.insert(0, str(Path(__file__).parents[1] / "setup"))
from sample import cdnow  # noqa: E402 - found by the line above

CUTS = [("crm_tier_a", 80), ("crm_tier_b", 95), ("crm_tier_c", 100)]


def tiers_by_share(revenues, cuts):
    """Return ``{name: tier}``, in plain Python and exact decimals.

    Written from the description alone: line customers up, add what those with more
    bring, take the first cut above that share of the total.
    """
    total = sum(revenues.values())
    tiers = {}
    for name, revenue in revenues.items():
        more = sum(other for other in revenues.values() if other > revenue)
        tiers[name] = next(
            tier for tier, cut in cuts if cut == 100 or more * 100 < cut * total
        )
    return tiers


@tagged("post_install", "-at_install")
class TestCdnowSample(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.tier.scheme"].search([]).active = False
        cls.today = cls.env["res.company"]._get_relations_default()
        cls.today = cls.today._get_relations_today()
        cls.loaded = cdnow.load(cls.env)
        cls.customers = cls.env["res.partner"].search([("ref", "=like", "CDNOW %")])

    def _get_revenues(self, months):
        """Return the revenue of each customer in the window, from the file."""
        first = self.today - relativedelta(months=months) + timedelta(days=1)
        orders = cdnow.move_dates(cdnow.read_orders(), self.today - timedelta(days=1))
        revenues = dict.fromkeys((order[0] for order in orders), Decimal(0))
        for name, day, _units, amount in orders:
            if first <= day <= self.today:
                revenues[name] += Decimal(amount)
        return revenues

    def _create_scheme(self, months):
        return self.env["crm.tier.scheme"].create(
            {
                "name": "CDNOW",
                "window_months": months,
                "domain": repr([("ref", "=like", "CDNOW %")]),
                "start_date": self.today,
                "cut_ids": [
                    Command.create(
                        {
                            "tier_id": self.env.ref(f"crm_relations.{tier}").id,
                            "share": cut,
                        }
                    )
                    for tier, cut in CUTS
                ],
            }
        )

    def test_all_of_the_file_is_there_and_ended_yesterday(self):
        self.assertEqual(self.loaded, {"customers": 2357, "orders": 6919})
        self.assertEqual(len(self.customers), 2357)
        self.assertEqual(sum(self.customers.mapped("confirmed_order_count")), 6919)
        self.assertEqual(
            max(self.customers.mapped("last_order_on")), self.today - timedelta(days=1)
        )
        orders = cdnow.read_orders()
        self.assertAlmostEqual(
            sum(self.customers.mapped("sales_total")),
            float(sum(Decimal(amount) for *_order, amount in orders)),
            places=2,
        )

    def test_loading_again_adds_nothing(self):
        cdnow.load(self.env)
        self.assertEqual(
            self.env["res.partner"].search_count([("ref", "=like", "CDNOW %")]), 2357
        )

    def test_in_two_steps_it_is_the_same_as_at_once(self):
        """The half-year is loaded month by month, as it was ordered."""
        self.env.cr.execute("DELETE FROM sale_order WHERE name LIKE 'CD_____'")
        self.env.invalidate_all()
        half = self.today - timedelta(days=180)
        first = cdnow.load(self.env, until=half)["orders"]
        self.assertEqual(self._count_orders(), first)
        self.assertLess(first, 6919)
        self.assertEqual(cdnow.load(self.env)["orders"], 6919)
        self.assertEqual(self._count_orders(), 6919)
        self.assertEqual(sum(self.customers.mapped("confirmed_order_count")), 6919)

    def _count_orders(self):
        return self.env["sale.order"].search_count([("name", "=like", "CD_____")])

    def test_everybody_has_a_made_up_name_and_a_number_that_rings_nowhere(self):
        self.assertEqual(len(set(self.customers.mapped("name"))), 2357)
        numbers = self.customers.mapped("phone")
        self.assertEqual(len(set(numbers)), 2357)
        for number in numbers:
            self.assertRegex(number, r"^\+1 \d{3}-555-01\d{2}$")
        for customer in self.customers[:20]:
            sanitized = customer._phone_format(fname="phone", force_format="E164")
            self.assertEqual(customer.phone_sanitized, sanitized)
        self.assertTrue(all(self.customers.mapped("city")))
        self.assertTrue(all(self.customers.mapped("state_id")))

    def test_each_card_says_that_the_name_is_made_up(self):
        self.assertEqual(self.customers.category_id.name, "Sample, made-up name")
        self.assertTrue(all(customer.category_id for customer in self.customers))
        self.assertTrue(
            all("made up" in text for text in self.customers.mapped("comment"))
        )

    def test_who_has_a_customer_made_its_orders(self):
        self.env.cr.execute("DELETE FROM sale_order WHERE name LIKE 'CD_____'")
        self.env.invalidate_all()
        seller = new_test_user(
            self.env, "seller", groups="sales_team.group_sale_salesman"
        )
        self.customers[:10].user_id = seller
        self.env.flush_all()
        cdnow.load(self.env)
        orders = self.env["sale.order"].search([("name", "=like", "CD_____")])
        mine = orders.filtered(lambda order: order.user_id == seller)
        self.assertEqual(mine.partner_id, self.customers[:10])
        self.assertEqual(mine.order_line.salesman_id, seller)

    def test_tiers_equal_the_independent_calculation(self):
        for months in (6, 12, 24):
            with self.subTest(months=months):
                revenues = self._get_revenues(months)
                expected = tiers_by_share(revenues, CUTS)
                self._create_scheme(months).run()
                self.env["crm.tier.scheme"].search([]).active = False
                found = {
                    partner.ref.removeprefix(
                        "CDNOW "
                    ): f"crm_tier_{partner.tier_id.name}"
                    for partner in self.customers
                }
                found = {name: tier.lower() for name, tier in found.items()}
                self.assertEqual(Counter(found.values()), Counter(expected.values()))
                self.assertEqual(found, expected)

    def test_figures_of_each_customer_equal_the_file(self):
        totals, counts = defaultdict(Decimal), Counter()
        for name, _day, _units, amount in cdnow.read_orders():
            totals[name] += Decimal(amount)
            counts[name] += 1
        year = self._get_revenues(12)
        for partner in self.customers:
            name = partner.ref.removeprefix("CDNOW ")
            self.assertEqual(partner.confirmed_order_count, counts[name], name)
            self.assertAlmostEqual(partner.sales_total, float(totals[name]), places=2)
            self.assertAlmostEqual(partner.sales_12_months, float(year[name]), places=2)
