from odoo.tests import tagged
from odoo.tools import SQL

from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
class TestHistoryChains(PoolByHandCommon):
    """Merged, joined, freed and undone in turn: nothing is lost or counted twice."""

    def _merge(self, lost, kept):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (lost | kept).ids, kept, extra_checks=False
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def _join(self, customer, house):
        customer.is_company = False
        customer.parent_id = house
        self.env.flush_all()
        self.env.invalidate_all()

    def _free(self, contact):
        contact.parent_id = False
        self.env.flush_all()
        self.env.invalidate_all()

    def _create_two(self):
        return [
            self._create_customer(name, user_id=self.sally.id)
            for name in ("One", "Two")
        ]

    def test_two_of_one_batch_merged_and_then_undone(self):
        one, two = self._create_two()
        (one | two).with_user(self.sally).pool_release("Both")
        batch = self._get_change(one).batch_id
        self.assertEqual(self._get_change(two).batch_id, batch)
        self._merge(one, two)
        answers = batch.with_user(self.rita).undo()
        self.assertEqual([answer["id"] for answer in answers], two.ids)
        self.assertEqual(self._codes(answers), ["ok"])
        self.env.invalidate_all()
        lines = two.ownership_change_ids
        released = lines.filtered(lambda line: line.kind == "hand_release")
        self.assertEqual(released.mapped("is_undone"), [True, True])
        self.assertTrue(batch.undone_at)
        self.assertEqual(two.user_id, self.sally)

    def test_joined_merged_house_and_freed(self):
        one, two = self._create_two()
        three = self._create_customer("Three", user_id=self.sally.id)
        before = self._create_followup(one, days_ago=3)
        self._join(one, two)
        self.assertEqual(before.customer_id, two)
        self._merge(two, three)
        self.assertEqual(before.customer_id, three)
        self.assertEqual(one.commercial_partner_id, three)
        self._free(one)
        self.assertEqual(before.customer_id, one)
        self.assertEqual(one.last_followup_at, before.date)
        self.assertFalse(three.last_followup_at)

    def test_joined_freed_and_joined_elsewhere(self):
        one, two = self._create_two()
        three = self._create_customer("Three", user_id=self.sally.id)
        before = self._create_followup(one, days_ago=3)
        for house in (two, three, two):
            self._join(one, house)
            self.assertEqual(before.customer_id, house)
            self._free(one)
            self.assertEqual(before.customer_id, one)
            self.assertFalse((two | three).filtered("last_followup_at"))
        self._join(one, two)
        one.parent_id = three
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(before.customer_id, three)
        self.assertEqual(three.last_followup_at, before.date)
        self.assertFalse(two.last_followup_at)
        self._free(one)
        self.assertEqual(before.customer_id, one)
        self.assertEqual(one.last_followup_at, before.date)
        self.assertFalse((two | three).filtered("last_followup_at"))

    def test_what_was_done_with_a_contact_stays_with_the_customer_of_then(self):
        one, two = self._create_two()
        three = self._create_customer("Three", user_id=self.sally.id)
        before = self._create_followup(one, days_ago=3)
        self._join(one, two)
        between = self._create_followup(one, days_ago=1)
        later = SQL(
            "UPDATE crm_followup SET create_date = create_date + interval '1 h'"
            " WHERE id = %s",
            between.id,
        )
        self.env.flush_all()
        self.env.cr.execute(later)
        self.env.invalidate_all()
        one.parent_id = three
        self.assertEqual((before.customer_id, between.customer_id), (three, two))

    def test_merged_contact_that_was_a_customer_and_freed(self):
        one, two = self._create_two()
        other = self._create_customer("Other", user_id=self.sally.id)
        before = self._create_followup(one, days_ago=3)
        self._join(one, two)
        person = self._create_person(two, "Person")
        self._merge(one, person)
        self.assertEqual((before.partner_id, before.customer_id), (person, two))
        self._free(person)
        self.assertEqual((before.partner_id, before.customer_id), (person, person))
        self._merge(other, person)
        self.assertEqual(before.partner_id, person)

    def test_joined_after_a_release_that_is_undone(self):
        one, two = self._create_two()
        one.with_user(self.sally).pool_release("Go")
        batch = self._get_change(one).batch_id
        self._join(one, two)
        answers = batch.with_user(self.rita).undo()
        self.assertEqual(self._codes(answers), ["touched"])
        self.assertEqual(one.user_id, self.sally)
        self.assertFalse(one.is_managed_customer)

    def test_undone_release_counts_in_nothing(self):
        one, two = self._create_two()
        held = one.times_held
        for _turn in range(2):
            one.with_user(self.sally).pool_release("Go")
            self._get_change(one).batch_id.with_user(self.rita).undo()
            self.env.invalidate_all()
        self.assertEqual(one.user_id, self.sally)
        self.assertEqual(one.times_held, held)
        both = held + two.times_held
        self._merge(one, two)
        self.assertEqual(two.times_held, both)
