from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 12:00:00")
class TestPoolFilters(PoolByHandCommon):
    """PO-6: what the filters of the lists find, to the day and for whom."""

    def _find(self, view, name, records, user=None):
        """Return those of ``records`` that the filter of the search view finds."""
        model = records.with_user(user or self.sally).env[records._name]
        view = self.env.ref(f"crm_relations.{view}")
        arch = etree.fromstring(model.get_view(view.id, "search")["arch"])
        [node] = arch.xpath(f"//filter[@name='{name}']")
        domain = safe_eval(node.get("domain"), {"uid": model.env.uid})
        self.env.flush_all()
        return model.search([*domain, ("id", "in", records.ids)]).sudo(False)

    def _open(self, action, records, user=None):
        """Return those of ``records`` that stand in the list of the action."""
        model = records.with_user(user or self.sally).env[records._name]
        action = self.env.ref(f"crm_relations.{action}")
        domain = safe_eval(action.domain, {"uid": model.env.uid})
        self.env.flush_all()
        return model.search([*domain, ("id", "in", records.ids)]).sudo(False)

    def _set(self, partner, column, value):
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE res_partner SET {column} = %s WHERE id = %s",  # pylint: disable=E8103
            [value, partner.id],
        )
        self.env.invalidate_all()

    def test_who_has_come_today_and_within_a_week(self):
        now = fields.Datetime.now()
        pooled = self._create_pooled(4)
        days = (0, 1, 7, 8)
        for customer, number in zip(pooled, days, strict=True):
            self._set(customer, "pool_since", now - timedelta(days=number))
        view = "crm_pool_customer_view_search"
        self.assertEqual(self._find(view, "left_today", pooled), pooled[0])
        self.assertEqual(self._find(view, "left_this_week", pooled), pooled[:3])

    def test_who_has_bought_lately_and_ever(self):
        pooled = self._create_pooled(3)
        for customer, year, total in zip(pooled, (1, 0, 0), (1, 1, 0), strict=True):
            self._set(customer, "sales_12_months", year)
            self._set(customer, "sales_total", total)
        view = "crm_pool_customer_view_search"
        self.assertEqual(self._find(view, "valuable", pooled), pooled[0])
        self.assertEqual(self._find(view, "has_bought", pooled), pooled[:2])

    def test_whom_one_has_had_before(self):
        both = self.owned | self.pooled
        self.owned.with_user(self.sally).pool_release("No need")
        view = "crm_pool_customer_view_search"
        self.assertEqual(self._find(view, "formerly_mine", both), self.owned)
        self.assertEqual(self._find(view, "never_mine", both), self.pooled)

    def test_the_list_of_the_pool_is_of_ones_own_pools(self):
        public = self._create_customer("Public")
        public.pool_id = self.pool
        every = self.pooled | public | self.owned
        action = "crm_pool_customer_action"
        for user, found in (
            (self.sally, self.pooled | public),
            (self.sam, public),
            (self.max, self.pooled | public),
        ):
            with self.subTest(user.name):
                self.assertEqual(self._open(action, every, user), found)
        contact = self._create_customer("Contact", is_managed_customer=False)
        self._set(contact, "pool_id", self.pool.id)
        self.assertFalse(self._open(action, contact))

    def test_who_leaves_soon(self):
        today = self.company._get_relations_today()
        customers = self._create_customer("A", user_id=self.sally.id)
        for name in ("B", "C", "D"):
            customers |= self._create_customer(name, user_id=self.sally.id)
        for customer, days in zip(customers, (7, 8, 30, 31), strict=True):
            self._set(customer, "pool_release_date", today + timedelta(days=days))
        found = self._find("crm_customer_view_search", "leaving_soon", customers)
        self.assertEqual(found, customers[0])
        found = self._open("crm_pool_leaving_action", customers)
        self.assertEqual(found, customers[:3])

    def test_who_is_in_a_pool(self):
        both = self.pooled | self.owned
        found = self._find("crm_customer_view_search", "in_pool", both)
        self.assertEqual(found, self.pooled)

    def test_what_is_protected_is_so_until_its_day_has_come(self):
        self.company.pool_protection_approval = False
        self.owned.with_user(self.sally).pool_protect(5, "Fair")
        stay = self.owned.stay_ids
        for until, found in (("2026-03-05", True), ("2026-03-04", False)):
            stay.sudo().until = until
            with self.subTest(until):
                customers = self._find(
                    "crm_customer_view_search", "protected", self.owned
                )
                self.assertEqual(bool(customers), found)
                stays = self._find("crm_pool_stay_view_search", "in_force", stay)
                self.assertEqual(bool(stays), found)

    def test_what_is_asked_of_oneself(self):
        self.owned.with_user(self.sally).pool_protect(5, "Fair")
        stay = self.owned.stay_ids
        action, view = "crm_pool_stay_action_approvals", "crm_pool_stay_view_search"
        for user, asked in ((self.max, True), (self.sally, False), (self.rita, False)):
            with self.subTest(user.name):
                found = self._find(view, "asked_of_me", stay, user)
                self.assertEqual(bool(found), asked)
        self.assertTrue(self._open(action, stay, self.max))
        self.assertFalse(self._open(action, stay, self.sally))
        stay.sudo().approver_id = False
        self.assertTrue(self._open(action, stay, self.sally))
        stay.with_user(self.rita).approve()
        self.assertFalse(self._open(action, stay, self.max))

    def test_what_is_shared_with_oneself_now(self):
        self.other.user_id = self.max
        self.owned.with_user(self.sally).share_with(self.sam.id)
        both = self.owned | self.other
        view, action = "crm_customer_view_search", "crm_customer_action_shared"
        for user, found in ((self.sam, True), (self.sally, False)):
            with self.subTest(user.name):
                mine = self._find(view, "shared_with_me", both, user)
                self.assertEqual(mine, self.owned if found else both.browse())
                self.assertEqual(self._open(action, both, user), mine)
                self.assertEqual(self._find(view, "shared", both, user), self.owned)
        self.owned.share_ids.with_user(self.sam).action_end()
        for name in ("shared_with_me", "shared"):
            self.assertFalse(self._find(view, name, both, self.sam))
        self.assertFalse(self._open(action, both, self.sam))

    def test_what_changed_hands_how(self):
        changes = self.env["crm.ownership.change"]
        lines = changes.create(
            [
                {"partner_id": self.owned.id, "kind": kind, "to_pool_id": pool}
                for kind, pool in (
                    ("release", self.pool.id),
                    ("hand_release", self.pool.id),
                    ("claim", False),
                    ("swap", False),
                    ("transfer", False),
                )
            ]
        )
        view = "crm_ownership_change_view_search"
        self.assertEqual(self._find(view, "released", lines, self.rita), lines[0])
        self.assertEqual(self._find(view, "claimed", lines, self.rita), lines[2:4])
        action = "crm_ownership_change_action_releases"
        self.assertEqual(self._open(action, lines, self.rita), lines[:2])

    def test_which_batches_are_hand_overs(self):
        batches = self.env["crm.pool.batch"].create(
            [
                {"kind": kind, "date": "2026-03-04", "user_id": self.rita.id}
                for kind in ("transfer", "leaver", "assign", "distribute", "claim")
            ]
        )
        found = self._open("crm_pool_batch_action_handovers", batches, self.rita)
        self.assertEqual(found, batches[:4])

    def test_makeup_days_that_come(self):
        days = self.env["resource.calendar.makeup.day"].create(
            [{"date": day} for day in ("2026-03-03", "2026-03-04")]
        )
        view = "resource_calendar_makeup_day_view_search"
        self.assertEqual(self._find(view, "coming", days), days[1])

    def test_on_the_board_who_is_full_and_who_loses_customers(self):
        today = self.company._get_relations_today()
        self._create_quota()
        self._create_customer("Sam's Second", user_id=self.max.id)
        self._set(self.owned, "pool_release_date", today + timedelta(days=7))
        self._set(self.other, "pool_release_date", today + timedelta(days=8))
        lines = self.env["crm.pool.board"].browse((self.sally | self.sam).ids)
        view = "crm_pool_board_view_search"
        found = self._find(view, "leaving", lines, self.rita)
        self.assertEqual(found.user_id, self.sally)
        found = self._find(view, "full", lines, self.rita)
        self.assertEqual(found.user_id, self.sally | self.sam)
        self.env["crm.pool.quota"].search([]).max_customers = 2
        self.assertFalse(self._find(view, "full", lines, self.rita))
