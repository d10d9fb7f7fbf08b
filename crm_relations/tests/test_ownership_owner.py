from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.sql_db import Cursor
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolOwner(RelationsCommon):
    """PO-10: the ownership history of every way to change an owner here."""

    def _changes(self, customer):
        return [
            (change.kind, change.from_user_id.name, change.to_user_id.name)
            for change in customer.ownership_change_ids.sorted("id")
        ]

    def test_created_changed_and_removed(self):
        customer = self._create_customer(user_id=self.sally.id)
        customer.user_id = self.sam
        customer.user_id = False
        self.assertEqual(
            self._changes(customer),
            [
                ("create", False, "Sally"),
                ("edit", "Sally", "Sam"),
                ("edit", "Sam", False),
            ],
        )
        self.assertFalse(customer.owner_since)

    def test_who_did_it_is_kept(self):
        customer = self._create_customer(user_id=self.sally.id)
        customer.with_user(self.max).user_id = self.sam
        self.assertEqual(
            customer.ownership_change_ids.sorted("id")[-1:].operator_id, self.max
        )

    def test_a_customer_without_owner_has_no_line(self):
        self.assertFalse(self._create_customer().ownership_change_ids)

    def test_a_partner_that_becomes_managed_has_its_owner_from_then(self):
        partner = self.env["res.partner"].create(
            {"name": "Known", "user_id": self.sally.id}
        )
        self.assertFalse(partner.ownership_change_ids)
        partner.is_managed_customer = True
        self.assertEqual(self._changes(partner), [("managed", False, "Sally")])
        self.assertTrue(partner.owner_since)

    def test_managed_again_by_the_same_owner_keeps_its_clock(self):
        customer = self._create_customer(user_id=self.sally.id)
        self._age_ownership(customer, 50)
        since = customer.owner_since
        customer.is_managed_customer = False
        customer.is_managed_customer = True
        self.assertEqual(customer.owner_since, since)

    def test_a_pool_customer_that_is_managed_no_more_leaves_the_pool(self):
        customer, parent = self._create_customer("A"), self._create_customer("B")
        for values in ({"is_managed_customer": False}, {"parent_id": parent.id}):
            customer.write({"is_managed_customer": True, "pool_id": self.pool.id})
            customer.write({"is_company": False} | values)
            with self.subTest(values):
                self.assertFalse(customer.pool_id)

    def test_as_many_statements_for_many_as_for_few(self):
        few, many = (
            self._create_customers(count, user_id=self.sally.id) for count in (2, 40)
        )
        before = {c.id: (self.sam, self.pool, True) for c in few | many}
        few._record_owner_changes(before, "edit")  # warm
        # Else the clock starts anew only where a second has passed meanwhile.
        (few | many).write({"owner_since": "2020-01-01"})
        counts = [
            self._count_statements(
                lambda group=group: group._record_owner_changes(before, "edit"),
                unread=True,
            )
            for group in (few, many)
        ]
        self.assertEqual(counts[0], counts[1])

    def test_nobody_writes_what_rules_decide(self):
        """PO-3: no far date of one's own, no tier of one's own."""
        customer = self._create_customer(user_id=self.sally.id)
        for values in (
            {"owner_since": "2099-01-01"},
            {"pool_id": self.pool.id},
            {"tier_id": self.tier_a.id},
            {"last_followup_at": "2099-01-01"},
            {"sales_total": 1000000},
            {"archive_rate": 100},
        ):
            with self.subTest(values), self.assertRefused("enough rights", AccessError):
                customer.with_user(self.adam).write(values)

    def test_many_at_once_each_have_their_line(self):
        customers = self._create_customer("A", user_id=self.sally.id)
        customers |= self._create_customer("B")
        customers.write({"user_id": self.sam.id})
        self.assertEqual(
            [self._changes(c)[-1] for c in customers],
            [("edit", "Sally", "Sam"), ("edit", False, "Sam")],
        )

    def test_contacts_follow_their_customer(self):
        customer = self._create_customer(user_id=self.sally.id)
        hers, theirs = (self._create_person(customer, name) for name in ("A", "B"))
        hers.user_id, theirs.user_id = self.sally, self.rita
        customer.user_id = self.sam
        self.assertEqual(hers.user_id, self.sam)
        self.assertEqual(theirs.user_id, self.rita)

    def test_taken_from_the_pool_by_hand_it_leaves_the_pool(self):
        customer = self._create_customer()
        customer.pool_id = self.pool
        customer.user_id = self.sally
        self.assertFalse(customer.pool_id)
        self.assertFalse(customer.pool_since)
        self.assertEqual(customer.ownership_change_ids.from_pool_id, self.pool)

    def test_a_copy_inherits_neither_history_nor_decisions(self):
        customer = self._create_customer(user_id=self.sally.id)
        customer.tier_id = self.tier_a
        twin = customer.copy()
        self.assertFalse(twin.tier_id)
        self.assertEqual(self._changes(twin), [("create", False, "Sally")])

    def test_who_is_no_customer_costs_nothing(self):
        """Contacts of a database without customers are written as by Odoo alone."""
        partner = self.env["res.partner"].create({"name": "Plain"})
        parent = self.env["res.partner"].create({"name": "Parent", "is_company": True})
        for values in ({"user_id": self.sally.id}, {"parent_id": parent.id}):
            self.env.flush_all()
            self.env.invalidate_all()
            execute = {"autospec": True, "side_effect": Cursor.execute}
            with patch.object(Cursor, "execute", **execute) as spy:
                partner.write(values)
                self.env.flush_all()
            said = [call.args[1] for call in spy.call_args_list]
            said = [getattr(query, "code", query) for query in said]
            ours = [
                query
                for query in said
                if "FOR NO KEY UPDATE" in query
                or ("UPDATE" in query and "pool_" in query)
            ]
            self.assertEqual(ours, [])
