from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged

from .common.first_day import FirstDayCase


@tagged("post_install", "-at_install")
class TestPoolFirstDayAgain(FirstDayCase):
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
