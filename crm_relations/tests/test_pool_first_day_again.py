from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged

from .common.first_day import FirstDayCase
from .common.opened import OpenedCase


@tagged("post_install", "-at_install")
class TestPoolFirstDayAgain(OpenedCase, FirstDayCase):
    """What was decided on the first day is what a second look finds."""

    def test_a_pool_of_everybody_stays_one(self):
        with self._open() as form:
            form.member_ids.clear()
        form.record._install()
        self.assertFalse(self.pool.member_ids)
        again = self._fill()
        self.assertFalse(again.member_ids)
        self.assertFalse(again._install())

    def test_zero_takes_the_limit_away_and_undoing_brings_it_back(self):
        self._install(max_customers=50)
        quota = self.env["crm.pool.quota"].search([])
        setup = self._fill(max_customers=0)._install()
        self.assertFalse(quota.limit_customers)
        again = self._fill()
        self.assertEqual(again.max_customers, 0)
        self.assertFalse(again._install())
        setup.with_user(self.adam).action_undo()
        self.assertTrue(quota.limit_customers)
        self.assertEqual(quota.max_customers, 50)

    def test_of_a_foreign_company_nothing_is_counted(self):
        other = self.env["res.company"].create({"name": "Second"})
        self._create_customer("T", user_id=self.max.id, company_id=other.id)
        wizards = self.env["crm.pool.first.day"].with_user(self.adam)
        with self.assertRaises(AccessError):
            wizards.create({"company_id": other.id}).read(["cap_reason", "wave_reason"])
        spec = {"company_id": {}, "cap_reason": {}, "wave_reason": {}}
        with self.assertRaises(AccessError):
            wizards.onchange({"company_id": other.id}, ["company_id"], spec)

    def test_undone_although_a_former_member_is_deleted(self):
        leaver = self.sam.copy({"login": "leaver"})
        self.pool.member_ids = leaver | self.sally
        with self._open() as form:
            form.member_ids.remove(leaver.id)
        setup = form.record._install()
        leaver.unlink()
        setup.with_user(self.adam).action_undo()
        self.env.flush_all()
        self.assertEqual(self.pool.member_ids, self.sally)

    def test_who_was_taken_from_the_pool_since_is_told_and_stays(self):
        setup = self._install(most_per_night=2, grace_days=0)
        self.env["crm.pool.rule"]._release_due()
        self.env.invalidate_all()
        taken, released = self.silent.filtered("pool_id")
        taken.with_user(self.sam).pool_claim()
        self.env.invalidate_all()
        # Whom somebody has, no undoing of the release brings back.
        self.assertIn("Gone to the pool since: 1 customer", setup.happened)
        self.assertEqual(setup.taken_count, 1)
        self.assertOpens(setup.with_user(self.adam).action_view_taken(), 1, self.env)
        released.with_user(self.sam).pool_claim()
        self.env.invalidate_all()
        self.assertFalse(setup.happened)
        self.assertEqual(setup.taken_count, 2)
        setup.with_user(self.adam).action_undo()
        self.assertEqual((taken | released).user_id, self.sam)

    def test_who_is_archived_is_named_before_being_left_out(self):
        gone = self.sam.copy({"login": "gone", "name": "Gone"})
        self.pool.member_ids = gone | self.sally
        gone.action_archive()
        wizard = self._fill()
        self.assertIn("Gone", wizard.left_out)
        setup = wizard._install()
        self.env.invalidate_all()
        self.assertFalse(self._fill().left_out)
        members = self.pool.with_context(active_test=False).member_ids
        self.assertEqual(members, self.sally)
        self.assertFalse(self._fill()._install())
        setup.with_user(self.adam).action_undo()
        self.env.invalidate_all()
        members = self.pool.with_context(active_test=False).member_ids
        self.assertEqual(members, gone | self.sally)

    def test_rules_are_named_in_each_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        before = self._get_world()
        setup = self._install()
        rules = self.env["crm.pool.rule"].search([("tier_ids", "!=", False)])
        self.assertTrue(rules)
        for rule in rules:
            self.assertIn("no follow-up for", rule.name)
            self.assertIn("未跟进", rule.with_context(lang="zh_CN").name)
        setup.user_id.lang = "en_US"
        # Who undoes it may read another language.
        setup.with_user(self.adam).with_context(lang="zh_CN").action_undo()
        self.env.invalidate_all()
        self.assertEqual(self._get_world(), before)

    def test_who_began_before_the_other_ended_is_tried_again(self):
        """The company's row is another one then, on which PostgreSQL lets no
        transaction lay hands that began before, also with ownership on already."""
        self.company.customers_are_owned = True
        self.env.flush_all()

        def get_place():
            query = "SELECT ctid::text FROM res_company WHERE id = %s"
            self.env.cr.execute(query, [self.company.id])
            return self.env.cr.fetchone()[0]

        wizard, before = self._fill(), get_place()
        wizard._install()
        self.assertNotEqual(get_place(), before)

    def test_two_at_once_are_told_so_in_words(self):
        wizard = self._fill()
        setup = self._install()
        busy = patch.object(
            type(self.env["base"]), "lock_for_update", side_effect=LockError("locked")
        )
        with busy, self.assertRefused("at this moment", UserError):
            wizard._install()
        with busy, self.assertRefused("at this moment", UserError):
            setup.with_user(self.adam).action_undo()
