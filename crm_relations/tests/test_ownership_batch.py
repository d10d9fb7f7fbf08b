from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolBatch(RelationsCommon):
    """PO-10: undo of a release for customers untouched since."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env["res.partner"]
        for name in ("One", "Two", "Three"):
            cls.customers |= cls._create_customer(name, user_id=cls.sally.id)
        cls.one, cls.two, cls.three = cls.customers
        cls.person = cls._create_person(cls.one, "Li Wei")
        cls.person.user_id = cls.sally
        cls._create_pool_rule(30, domain=repr([("id", "in", cls.customers.ids)]))
        cls._age_ownership(cls.customers, 90)
        cls.env["res.partner"]._refresh_release_dates(cls.customers.ids)
        cls.env["crm.pool.rule"]._release_due()
        cls.batch = cls.one.ownership_change_ids[:1].batch_id

    def test_back_with_their_owner_and_a_fresh_clock(self):
        answers = self.batch.with_user(self.max).undo()
        self.assertEqual(
            [(a["id"], a["ok"], a["code"]) for a in answers],
            [(c.id, True, "ok") for c in self.customers.sorted("id")],
        )
        self.assertEqual(self.customers.user_id, self.sally)
        self.assertFalse(self.customers.pool_id)
        self.assertEqual(self.person.user_id, self.sally)
        self.assertGreater(
            self.one.pool_release_date, self.company._get_relations_today()
        )
        self.assertEqual(self.one.ownership_change_ids[:1].kind, "undo")

    def test_who_was_touched_since_stays_and_is_named(self):
        self.two.user_id = self.sam
        answers = {a["id"]: a for a in self.batch.with_user(self.max).undo()}
        self.assertEqual(answers[self.two.id]["code"], "touched")
        self.assertFalse(answers[self.two.id]["ok"])
        self.assertEqual(self.two.user_id, self.sam)
        self.assertEqual(self.one.user_id, self.sally)

    def test_given_away_and_back_in_the_pool_counts_as_touched(self):
        self.two.user_id = self.sam
        self.two.write({"user_id": False, "pool_id": self.pool.id})
        answers = {a["id"]: a["code"] for a in self.batch.with_user(self.max).undo()}
        self.assertEqual(answers[self.two.id], "touched")

    def test_an_owner_who_left_gets_nothing_back(self):
        self.sally.active = False
        codes = {a["code"] for a in self.batch.with_user(self.max).undo()}
        self.assertEqual(codes, {"no_owner"})
        self.assertFalse(self.customers.user_id)

    def test_a_second_undo_changes_nothing(self):
        self.batch.with_user(self.max).undo()
        answers = self.batch.with_user(self.max).undo()
        self.assertEqual({a["code"] for a in answers}, {"touched"})
        self.assertEqual(self.customers.user_id, self.sally)

    def test_a_sales_manager_undoes_for_the_own_team_only(self):
        boss = self._create_user("boss", "group_sales_manager")
        self.south.user_id = boss
        self.assertEqual(self.batch.with_user(boss).undo(), [])
        self.assertFalse(self.customers.user_id)
        self.assertFalse(self.batch.undone_at)
        self.assertTrue(self.batch.with_user(self.rita).undo())
        self.assertTrue(self.batch.undone_at)

    def test_customers_of_another_company_are_left_alone(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.one.ownership_change_ids.company_id = other
        answers = self.batch.with_user(self.rita).undo()
        self.assertEqual([a["id"] for a in answers], (self.two | self.three).ids)
        self.assertFalse(self.one.user_id)
        self.assertFalse(self.batch.undone_at)

    def test_who_followed_follows_again(self):
        self.one.user_id = self.sally
        self.one.message_subscribe(self.sally.partner_id.ids)
        self._age_ownership(self.one, 90)
        self.env["res.partner"]._refresh_release_dates(self.one.ids)
        self.env["crm.pool.rule"]._release_due()
        self.assertNotIn(self.sally.partner_id, self.one.message_partner_ids)
        self.batch.with_user(self.rita).undo()
        self.assertIn(self.sally.partner_id, self.one.message_partner_ids)

    def test_salespeople_do_not_undo(self):
        with self.assertRaises(AccessError):
            self.batch.with_user(self.sally).undo()
        self.assertFalse(self.customers.user_id)

    def test_after_an_undo_the_next_release_opens_a_new_batch(self):
        self.batch.with_user(self.max).undo()
        self._age_ownership(self.customers, 90)
        self.env["res.partner"]._refresh_release_dates(self.customers.ids)
        self.env["crm.pool.rule"]._release_due()
        self.assertNotEqual(self.one.ownership_change_ids[:1].batch_id, self.batch)

    def test_a_customer_deleted_meanwhile_does_not_matter(self):
        self.three.unlink()
        answers = self.batch.with_user(self.max).undo()
        self.assertEqual([a["id"] for a in answers], (self.one | self.two).ids)
