from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.fields import Domain
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common import RelationsCommon

LISTS = {
    "all": "crm_customer_action",
    "structure": "crm_customer_action_structure",
    "mine": "crm_customer_action_mine",
    "shared": "crm_customer_action_shared",
    "pool": "crm_pool_customer_action",
    "leaving": "crm_pool_leaving_action",
    "due": "crm_contact_due_action",
    "overdue": "crm_customer_action_overdue",
    "board": "crm_customer_action_board",
}
ALL = {"all", "structure"}
MINE = {*ALL, "mine"}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 12:00:00")
class TestCustomerLists(RelationsCommon):
    """PL-5: which customer stands in which list, as its menu opens it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sally.tz = "UTC"
        cls.today = fields.Date.today()
        cls.customer = cls._create_customer(user_id=cls.sally.id)

    def _get_context(self, action):
        values = {"uid": self.sally.id, "allowed_company_ids": self.company.ids}
        return safe_eval(action.context or "{}", values)

    def _get_defaults(self, action):
        """Return the conditions of the filters that are on when the list opens."""
        view = action.search_view_id
        arch = self.env[action.res_model].get_view(view.id, "search")["arch"]
        nodes = {node.get("name"): node for node in etree.fromstring(arch).iter()}
        return Domain.AND(
            safe_eval(node.get("domain") or "[]", {"uid": self.sally.id})
            for name, on in self._get_context(action).items()
            if name.startswith("search_default_") and on
            for node in [nodes[name.removeprefix("search_default_")]]
        )

    def _get_found(self, action, records):
        """Return those of the records that stand in the list when sally opens it."""
        action = self.env.ref(f"crm_relations.{action}")
        domain = Domain(safe_eval(action.domain or "[]", {"uid": self.sally.id}))
        table = records.with_user(self.sally).with_context(tz="UTC")
        self.env.flush_all()
        conditions = domain & self._get_defaults(action)
        return table.search(conditions & Domain("id", "in", records.ids))

    def _set(self, record, **columns):
        self.env.flush_all()
        sets = ", ".join(f'"{name}" = %s' for name in columns)
        self.env.cr.execute(
            f"UPDATE {record._table} SET {sets} WHERE id = %s",  # pylint: disable=E8103
            [*columns.values(), record.id],
        )
        self.env.invalidate_all()

    def assertStandsIn(self, expected, **columns):
        """The customer with these values stands in these lists and in no others."""
        values = dict.fromkeys(
            (
                *("pool_id", "lifecycle", "pool_release_date", "contact_due_date"),
                "next_order_expected_on",
            )
        )
        values |= {"is_managed_customer": True, "user_id": self.sally.id}
        self._set(self.customer, **(values | columns))
        found = {
            name
            for name, action in LISTS.items()
            if self._get_found(action, self.customer)
        }
        with self.subTest(columns):
            self.assertEqual(found, expected)

    def _in(self, days):
        return self.today + timedelta(days=days)

    def test_whose_it_is(self):
        self.assertStandsIn(MINE)
        self.assertStandsIn(ALL, user_id=self.sam.id)
        self.assertStandsIn(ALL, user_id=None)
        pool = self.pool.id
        self.assertStandsIn({*ALL, "pool"}, user_id=None, pool_id=pool)

    def test_what_is_shared_with_me_until_it_ends(self):
        self.assertStandsIn(ALL, user_id=self.sam.id)
        self.customer.with_user(self.sam).share_with(self.sally.id)
        self.assertStandsIn({*ALL, "shared"}, user_id=self.sam.id)
        self._set(self.customer.share_ids, user_id=self.rita.id)
        self.assertStandsIn(ALL, user_id=self.sam.id)
        self._set(self.customer.share_ids, user_id=self.sally.id, active=False)
        self.assertStandsIn(ALL, user_id=self.sam.id)

    def test_who_leaves_soon(self):
        for days, found in ((-1, True), (30, True), (31, False)):
            expected = {*MINE, "leaving"} if found else MINE
            self.assertStandsIn(expected, pool_release_date=self._in(days))
        self.assertStandsIn(ALL, pool_release_date=self._in(1), user_id=self.sam.id)

    def test_whom_to_contact_this_week(self):
        for days, found in ((-1, True), (7, True), (8, False)):
            expected = {*MINE, "due"} if found else MINE
            self.assertStandsIn(expected, contact_due_date=self._in(days))
        self.assertStandsIn(ALL, contact_due_date=self._in(1), user_id=self.sam.id)

    def test_whose_order_is_overdue(self):
        for days, found in ((-1, True), (0, False), (1, False)):
            expected = {*MINE, "overdue"} if found else MINE
            self.assertStandsIn(expected, next_order_expected_on=self._in(days))
        reason = self.env["crm.churn.reason"].search([], limit=1)
        self.customer.with_user(self.sally).register_lost(reason.id)
        self.assertStandsIn(MINE, next_order_expected_on=self._in(-1))

    def test_who_has_a_layer(self):
        self.assertStandsIn({*MINE, "board"}, lifecycle="regular")

    def test_who_is_no_customer_stands_nowhere_whatever_else_is_true(self):
        self.assertStandsIn(
            set(),
            is_managed_customer=False,
            contact_due_date=self._in(-1),
            next_order_expected_on=self._in(-1),
            lifecycle="regular",
        )
        self.assertStandsIn(
            set(), is_managed_customer=False, user_id=None, pool_id=self.pool.id
        )
        self.assertStandsIn(ALL, user_id=self.sam.id)
        self.customer.with_user(self.sam).share_with(self.sally.id)
        self.assertStandsIn(set(), is_managed_customer=False, user_id=self.sam.id)

    def test_a_call_is_to_be_assigned_while_it_is_nobodys(self):
        calls = self.env["crm.followup"].create(
            [
                {
                    "purpose": "Called",
                    "user_id": self.sally.id,
                    "partner_id": self.customer.id,
                }
            ]
            * 4
        )
        for call, direction, partner, dismissed in zip(
            calls,
            ("in", "in", None, "in"),
            (None, self.customer.id, None, None),
            (False, False, False, True),
            strict=True,
        ):
            self._set(
                call,
                call_direction=direction,
                partner_id=partner,
                is_call_dismissed=dismissed,
            )
        found = self._get_found("crm_call_action", calls)
        self.assertEqual(found, calls[:1])

    def test_visits_nearby_and_work_are_ones_own(self):
        lines = self.env["crm.visit.nearby"].create(
            [{"partner_id": self.customer.id}, {"partner_id": self.customer.id}]
        )
        self._set(lines[0], create_uid=self.sally.id)
        self.assertEqual(self._get_found("crm_visit_nearby_action", lines), lines[0])
        for user in (self.sally, self.sam):
            self._create_followup(self.customer, user_id=user.id)
        self.env.flush_all()
        work = self.env["crm.workload.report"].search(
            [("user_id", "in", (self.sally + self.sam).ids)]
        )
        self.assertEqual(work.user_id, self.sally + self.sam)
        found = self._get_found("crm_workload_report_action_mine", work)
        self.assertEqual(found.user_id, self.sally)
