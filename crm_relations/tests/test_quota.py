from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.web.controllers.dataset import DataSet

from .common.quota import QuotaCommon


@tagged("post_install", "-at_install")
class TestPoolQuota(QuotaCommon):
    """PO-6: which quota holds, and what it counts."""

    def test_a_new_quota_counts_what_is_there(self):
        self._create_customer(user_id=self.sally.id)
        quota = self._create_quota(5)
        self.assertEqual(self._get_held(self.sally, quota), 1)
        self.assertCounted()

    def test_the_most_specific_quota_wins(self):
        """Users before teams before a company before all; tiers before none."""
        general = self._create_quota(9)
        company = self._create_quota(9, company_id=self.company.id)
        tiers = self._create_quota(
            9, company_id=self.company.id, tier_ids=self.tier_a.ids
        )
        team = self._create_quota(9, team_ids=self.north.ids)
        mine = self._create_quota(9, user_ids=self.sally.ids)
        customer = self._create_customer(user_id=self.sally.id)
        customer.tier_id = self.tier_a
        for quota in (mine, team, tiers, company, general):
            self.assertEqual(self._get_held(self.sally, quota), 1, quota)
            self.assertCounted()
            quota.active = False
            self.assertEqual(self._get_held(self.sally, quota), 0, quota)

    def test_customers_count_by_the_weight_of_their_tier(self):
        quota = self._create_quota(5)
        self.tier_a.holding_weight = 2.5
        customers = self._create_customer("A", user_id=self.sally.id)
        customers |= self._create_customer("B", user_id=self.sally.id)
        customers[0].tier_id = self.tier_a
        self.assertEqual(self._get_held(self.sally, quota), 3.5)
        self.tier_a.holding_weight = 0
        self.assertEqual(self._get_held(self.sally, quota), 1)
        self.assertCounted()

    def test_customers_with_an_order_may_be_exempt(self):
        quota = self._create_quota(5, exempt_ordered=True)
        customer = self._create_customer(user_id=self.sally.id)
        self.assertEqual(self._get_held(self.sally, quota), 1)
        order = self._create_order(customer, 10)
        self.assertEqual(self._get_held(self.sally, quota), 0)
        order._action_cancel()
        self.env["res.partner"]._follow_purchases()
        self.assertEqual(self._get_held(self.sally, quota), 1)
        self.assertCounted()

    def test_every_way_to_change_an_owner_is_counted(self):
        quota = self._create_quota(50)
        customer = self._create_customer(user_id=self.sally.id)
        steps = [
            (lambda: customer.write({"user_id": self.sam.id}), (0, 1)),
            (lambda: customer.action_archive(), (0, 0)),
            (lambda: customer.action_unarchive(), (0, 1)),
            (lambda: customer.write({"is_managed_customer": False}), (0, 0)),
            (lambda: customer.write({"is_managed_customer": True}), (0, 1)),
            (lambda: customer.pool_transfer(self.sally.id, "Moves"), (1, 0)),
            (lambda: self.env["crm.pool.batch"].search([], limit=1).undo(), (0, 1)),
            (lambda: customer.copy(), (0, 2)),
            (lambda: customer.unlink(), (0, 1)),
        ]
        for number, (step, expected) in enumerate(steps):
            step()
            held = tuple(self._get_held(user, quota) for user in self.sally | self.sam)
            with self.subTest(number):
                self.assertEqual(tuple(h or 0 for h in held), expected)
                self.assertCounted()

    def test_another_team_has_another_quota(self):
        quota = self._create_quota(5, team_ids=self.south.ids)
        self._create_customer(user_id=self.sally.id)
        self.assertFalse(self._get_held(self.sally, quota))
        self.south.member_ids |= self.sally
        self.north.crm_team_member_ids.action_archive()
        self.assertEqual(self._get_held(self.sally, quota), 1)

    def test_merged_customers_count_once(self):
        quota = self._create_quota(5)
        one = self._create_customer("One", user_id=self.sally.id)
        two = self._create_customer("Two", user_id=self.sam.id)
        self.env["base.partner.merge.automatic.wizard"]._merge((one | two).ids, one)
        self.assertEqual(self._get_held(self.sally, quota), 1)
        self.assertEqual(self._get_held(self.sam, quota), 0)
        self.assertCounted()

    def test_a_lowered_cap_lets_go_and_lets_nothing_in(self):
        quota = self._create_quota(3)
        customers = self.env["res.partner"].concat(
            *[self._create_customer(f"C{n}", user_id=self.sally.id) for n in range(3)]
        )
        free = self._create_customer("Free")
        quota.max_customers = 1
        with self.assertRefused("as many customers as allowed"):
            free.with_user(self.rita).user_id = self.sally
        customers[0].user_id = self.sam
        self.assertEqual(self._get_held(self.sally, quota), 2)
        with self.assertRefused("as many customers as allowed"):
            free.with_user(self.rita).user_id = self.sally
        self.assertEqual(self._get_held(self.sally, quota), 2)

    def test_the_database_refuses_to_go_above_the_cap(self):
        """Also where no line of Python is asked."""
        quota = self._create_quota(1)
        customers = self._create_customer("A", user_id=self.sally.id)
        customers |= self._create_customer("B", user_id=self.sally.id)
        self.env.flush_all()
        for statement in (
            "UPDATE crm_pool_holding SET held = held + 1 WHERE quota_id = %s",
            "UPDATE crm_pool_holding SET ceiling = 0 WHERE quota_id = %s",
        ):
            with (
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [quota.id])
        customers[0].user_id = False
        self.assertEqual(self._get_held(self.sally, quota), 1)

    def test_what_was_written_past_odoo_is_healed_and_told(self):
        quota = self._create_quota(9)
        customer = self._create_customer(user_id=self.sally.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET user_id = %s WHERE id = %s",
            [self.sam.id, customer.id],
        )
        self.env.cr.execute("UPDATE crm_pool_holding SET held = 7 WHERE held = 1")
        self.env.invalidate_all()
        with self.assertLogs("odoo.addons.crm_relations", "WARNING") as log:
            holdings = self.env["crm.pool.holding"]
            holdings._recount_and_tell(holdings._get_holder_ids())
        self.assertIn("did not agree", log.output[0])
        self.assertEqual(self._get_held(self.sally, quota), 0)
        self.assertEqual(self._get_held(self.sam, quota), 1)
        self.assertCounted()

    def test_bad_quotas_are_refused(self):
        with self.assertRefused("counted for all tiers"):
            self._create_quota(1, tier_ids=self.tier_a.ids, claims_per_day=3)
        for name in ("max_customers", "claims_per_day", "views_per_day"):
            with (
                self.subTest(name),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._create_quota(**{name: -1})

    def test_as_many_statements_for_many_as_for_few(self):
        self._create_quota(1000)
        counts = []
        for count in (2, 40):
            customers = self._create_customers(count, user_id=self.sally.id)
            self.env["res.partner"]._recount_holdings(self.sally.ids)
            counts.append(self._count_statements(customers._settle_holdings))
        self.assertEqual(counts[0], counts[1])
        self.assertLess(counts[0], 3)

    def test_who_creates_a_customer_needs_room_for_it(self):
        self._create_quota(1)
        partners = self.env["res.partner"].with_user(self.sally)
        values = {"is_managed_customer": True, "user_id": self.sally.id}
        partners.create({"name": "One"} | values)
        with self.assertRefused(
            "You hold as many customers as you may", ValidationError
        ):
            partners.create({"name": "Two"} | values)


@tagged("post_install", "-at_install")
class TestPoolViews(QuotaCommon):
    """PO-6: cards of pool customers that one may open on a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quota = cls._create_quota(views_per_day=2)
        cls.customers = cls.env["res.partner"].concat(
            *[cls._create_customer(f"C{n}") for n in range(4)]
        )
        cls.customers.pool_id = cls.pool

    def _open(self, customer, user=None, fields=("name", "tier_id")):
        records = customer.with_user(user or self.sally)
        return records.web_read({name: {} for name in fields})

    def test_the_third_card_stays_closed_until_tomorrow(self):
        for customer in self.customers[:2]:
            self.assertTrue(self._open(customer))
            self.assertTrue(self._open(customer))  # the same one counts once
        with self.assertRefused("opened 2 customers", UserError):
            self._open(self.customers[2])
        with freeze_time(Datetime.now() + timedelta(days=1)):
            self.assertTrue(self._open(self.customers[2]))

    def test_names_lists_and_own_customers_do_not_count(self):
        self._open(self.customers[0], fields=("display_name",))
        self._open(self.customers)
        self._open(self._create_customer(user_id=self.sally.id))
        self.assertFalse(self.env["crm.pool.view"].search([]))

    def test_who_runs_the_pool_opens_all(self):
        self.pool.manager_ids = self.sam
        for user in (self.sam, self.rita, self.carl):
            for customer in self.customers:
                self.assertTrue(self._open(customer, user))
        self.assertFalse(self.env["crm.pool.view"].search([]))

    def test_cards_are_opened_where_one_can_write_and_lists_where_not(self):
        """Odoo reads with cursors that cannot write where a method says so."""
        controller = DataSet()
        for method, expected in (("web_read", False), ("web_search_read", True)):
            with self.subTest(method):
                params = {"model": "res.partner", "method": method}
                self.assertIs(self._is_readonly(controller, params), expected)
        with patch.object(type(self.env.cr), "readonly", True):
            self.assertTrue(self._open(self.customers[0]))
        self.assertFalse(self.env["crm.pool.view"].search([]))

    def _is_readonly(self, controller, params):
        request = SimpleNamespace(
            get_json_data=lambda: {"params": params}, registry=self.env.registry
        )
        with patch("odoo.addons.web.controllers.dataset.request", request):
            return controller._call_kw_readonly(None, None)

    def test_old_views_are_forgotten(self):
        self._open(self.customers[0])
        views = self.env["crm.pool.view"].search([])
        with freeze_time(Datetime.now() + timedelta(days=100)):
            views._gc_views()
        self.assertFalse(views.exists())

    def test_a_quota_says_for_whom_it_is_and_what_it_limits(self):
        company = {"company_id": self.company.id}
        tier = {"tier_ids": self.tier_a.ids}
        ordered = {"exempt_ordered": True}
        cap = "at most 5 customers"
        for values, words in (
            ({}, f"Each salesperson: {cap}"),
            (company, f"Each salesperson of {self.company.name}: {cap}"),
            (company | {"team_ids": self.north.ids}, f"Each member of North: {cap}"),
            ({"user_ids": (self.sally | self.sam).ids}, f"Sally and Sam: {cap}"),
            (tier, f"Each salesperson: {cap} of tier A"),
            (ordered, f"Each salesperson: {cap} without an order"),
            (tier | ordered, f"Each salesperson: {cap} of tier A without an order"),
            (
                {"claims_per_day": 2, "claims_per_week": 3, "views_per_day": 4},
                f"Each salesperson: {cap}, 2 customers claimed a day, 3 customers "
                "claimed a week, and 4 customers of the pool opened a day",
            ),
        ):
            with self.subTest(words):
                self.assertEqual(self._create_quota(5, **values).summary, words)
        self.assertEqual(self._create_quota().summary, "Each salesperson: no limit")
