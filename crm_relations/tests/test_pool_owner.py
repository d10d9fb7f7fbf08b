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
        self.assertEqual(self._changes(partner), [("edit", False, "Sally")])
        self.assertTrue(partner.owner_since)

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
