from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestTierMigration(RelationsCommon):
    """SE-4: from which tier to which one, month by month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.month = cls.company._get_relations_today().replace(day=1)
        cls.before = cls.month - relativedelta(months=1)
        cls.customers = cls._create_customers(5, user_id=cls.sally.id)
        cls.tiers = cls.tier_a | cls.tier_b | cls.tier_c

    def _move(self, customer, day, *tiers):
        """Let the customer go through these tiers from ``day`` on, a line an hour."""
        lines = [
            {
                "partner_id": customer.id,
                "decided_at": f"{day} {hour:02}:00:00",
                "old_tier_id": old.id,
                "new_tier_id": new.id,
            }
            for hour, (old, new) in enumerate(zip(tiers, tiers[1:], strict=False))
        ]
        self.env["crm.tier.change"].create(lines)
        customer.tier_id = tiers[-1]

    def _get_matrix(self, month):
        self.env.flush_all()
        rows = (
            self.env["crm.tier.migration"]
            .with_user(self.rita)
            ._read_group(
                [("month", "=", month), ("owner_id", "=", self.sally.id)],
                ["from_tier_id", "to_tier_id"],
                ["customer_count:sum"],
            )
        )
        return {(old.name, new.name): count for old, new, count in rows}

    def test_movers_and_stayers_of_each_month(self):
        nothing = self.env["crm.tier"]
        day = self.before + timedelta(days=10)
        for customer, tier in zip(
            self.customers, (*self.tiers, self.tier_c, self.tier_c), strict=True
        ):
            self._move(customer, day, nothing, tier)
        self._move(self.customers[0], self.month, self.tier_a, self.tier_b)
        self._move(self.customers[3], self.month, self.tier_c, self.tier_a)
        self.assertEqual(
            self._get_matrix(self.before),
            {(False, "A"): 1, (False, "B"): 1, (False, "C"): 3},
        )
        self.assertEqual(
            self._get_matrix(self.month),
            {("A", "B"): 1, ("B", "B"): 1, ("C", "A"): 1, ("C", "C"): 2},
        )

    def test_there_and_back_has_stayed(self):
        self._move(self.customers[0], self.before, self.env["crm.tier"], self.tier_a)
        self._move(self.customers[0], self.month, self.tier_a, self.tier_b, self.tier_a)
        self.assertEqual(self._get_matrix(self.month), {("A", "A"): 1})

    def test_two_steps_in_a_month_are_one_migration(self):
        self._move(self.customers[0], self.before, self.env["crm.tier"], self.tier_a)
        self._move(self.customers[0], self.month, *self.tiers)
        self.assertEqual(self._get_matrix(self.month), {("A", "C"): 1})

    def test_a_cell_opens_its_customers(self):
        self._move(self.customers[0], self.month, self.tier_b, self.tier_a)
        self._move(self.customers[1], self.month, self.tier_b, self.tier_c)
        self.env.flush_all()
        lines = self.env["crm.tier.migration"].with_user(self.rita)
        up = lines.search([("direction", "=", "up"), ("month", "=", self.month)])
        self.assertEqual(up.partner_id, self.customers[0])
        down = lines.search([("direction", "=", "down"), ("month", "=", self.month)])
        self.assertEqual(down.partner_id, self.customers[1])

    def test_it_agrees_with_what_runs_write(self):
        scheme = self._create_scheme(domain=self._only(self.customers))
        for number, customer in enumerate(self.customers):
            self._create_order(customer, 10 ** (number + 1))
        scheme.run()
        counts = {}
        for (_old, new), count in self._get_matrix(self.month).items():
            counts[new] = counts.get(new, 0) + count
        now = {}
        for customer in self.customers:
            now[customer.tier_id.name] = now.get(customer.tier_id.name, 0) + 1
        self.assertEqual(counts, now)

    def test_other_companies_and_salespeople_do_not_read_it(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._move(self.customers[0], self.month, self.tier_b, self.tier_a)
        self.customers[0].company_id = other
        self.assertFalse(self._get_matrix(self.month))
        with self.assertRaises(AccessError):
            self.env["crm.tier.migration"].with_user(self.sally).search([])
