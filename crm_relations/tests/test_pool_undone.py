from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
class TestPoolUndone(PoolByHandCommon):
    """What has been undone never counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leeds.write({"cool_down_days": 0, "freeze_hours": 0, "contact_days": 0})

    def _undo(self, partner):
        batch = self._get_change(partner).batch_id
        answers = batch.with_user(self.rita).undo()
        self.assertEqual(self._codes(answers), ["ok"] * len(answers))
        return batch

    def _claim(self, partner):
        return self._codes(partner.with_user(self.sally).pool_claim())

    def test_an_undone_claim_leaves_the_allowance_of_the_day(self):
        self.env["crm.pool.quota"].create({"name": "One a day", "claims_per_day": 1})
        one, two = self._create_pooled(2)
        self.assertEqual(self._claim(one), ["ok"])
        self.assertEqual(self._claim(two), ["daily_limit"])
        self._undo(one)
        self.assertEqual(self._claim(two), ["ok"])

    def test_an_undone_claim_closes_the_customer_to_nobody(self):
        self.leeds.cool_down_days = 30
        self.assertEqual(self._claim(self.pooled), ["ok"])
        self._undo(self.pooled)
        self.assertEqual(self._claim(self.pooled), ["ok"])

    def test_an_earlier_loss_still_closes_it(self):
        self.leeds.member_ids |= self.sam
        self.owned.with_user(self.sally).pool_release("Because", self.leeds.id)
        self.leeds.cool_down_days = 30
        self.owned.with_user(self.rita).pool_assign(self.sam.id)
        self._undo(self.owned)
        self.assertEqual(self._claim(self.owned), ["cool_down"])

    def test_an_undone_change_is_no_time_held(self):
        before = self.pooled.times_held
        self._claim(self.pooled)
        self.assertEqual(self.pooled.times_held, before + 1)
        self._undo(self.pooled)
        self.env.invalidate_all()
        self.assertEqual(self.pooled.times_held, before)

    def test_held_before_the_ledger_began_is_held(self):
        """Customers that a company already had came without a line."""
        self.owned.ownership_change_ids.unlink()
        self.env.invalidate_all()
        self.assertEqual(self.owned.times_held, 1)
        self.owned.with_user(self.sally).pool_release("Because")
        self.env.invalidate_all()
        self.assertEqual(self.owned.times_held, 1)

    def test_never_held_is_held_zero_times(self):
        self.assertEqual(self.pooled.times_held, 0)

    def test_the_pool_shows_why_it_left_and_when_after_an_undone_claim(self):
        self.owned.with_user(self.sally).pool_release("Too far", self.leeds.id)
        left = fields.Datetime.now() - timedelta(days=9)
        self.owned.pool_since = left
        self.owned.ownership_change_ids.decided_at = left
        self.env.flush_all()
        reason = self.owned.pool_reason_text
        self.assertIn("Too far", reason)
        self._claim(self.owned)
        self._undo(self.owned)
        self.assertRecordValues(
            self.owned,
            [
                {
                    "pool_id": self.leeds.id,
                    "pool_reason_text": reason,
                    "pool_since": left,
                }
            ],
        )
        self.assertEqual(self.owned.pool_reason["sentence"], reason)

    def test_the_pool_shows_why_it_left_after_an_undone_move(self):
        self.owned.with_user(self.sally).pool_release("Too far", self.leeds.id)
        self.owned.with_user(self.rita).pool_move(self.pool.id)
        self._undo(self.owned)
        self.assertIn("Too far", self.owned.pool_reason_text)

    def test_undoing_says_where_customers_went(self):
        rita = self.env["crm.pool.batch"].with_user(self.rita)

        def say(partner):
            batch = rita.browse(self._get_change(partner).batch_id.id)
            return batch.action_undo()["params"]["message"]

        self.pooled.with_user(self.rita).pool_assign(self.sally.id)
        self.assertRegex(say(self.pooled), "back in their pool: 1")
        self.owned.with_user(self.sally).pool_release("Because")
        self.assertRegex(say(self.owned), "back with their salesperson: 1")
