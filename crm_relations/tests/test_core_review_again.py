from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common.handover import TransferCommon
from .common.pool import PoolByHandCommon
from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
class TestReviewAside(PoolByHandCommon):
    def _put(self, customers, days=30):
        until = self.company._get_relations_today() + timedelta(days=days)
        return customers.with_user(self.max).pool_put_aside(until, "Quiet")

    def test_merged_it_is_taken_back_by_one_line(self):
        other = self._create_pooled(1)
        self._put(self.pooled, 30)
        self._put(other, 60)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.pooled | other).ids, self.pooled)
        lines = self.env["crm.pool.aside"].search([("partner_id", "=", self.pooled.id)])
        self.assertEqual(len(lines), 1)
        lines.with_user(self.max).take_back()
        self.assertFalse(self.pooled._get_aside_until())


@tagged("post_install", "-at_install")
class TestReviewRule(RelationsCommon):
    @freeze_time("2026-03-10 18:00:00")
    def test_a_changed_rule_starts_tomorrow_where_its_company_is(self):
        """It is the 10th in Los Angeles, the 11th in Shanghai."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.env.user.tz = "America/Los_Angeles"
        rule = self._create_pool_rule(30)
        self.assertTrue(rule._get_started())
        rule.days = 10
        self.assertFalse(rule._get_started())
        self.assertFalse(self.env["crm.pool.rule"].new({})._get_started())

    def test_a_copy_of_a_rule_starts_tomorrow(self):
        rule = self._create_pool_rule(30)
        copy = rule.copy()
        self.assertEqual(copy.start_date, fields.Date.today() + timedelta(days=1))


@tagged("post_install", "-at_install")
class TestReviewUndo(TransferCommon):
    def test_who_is_no_customer_any_more_does_not_go_back(self):
        self._transfer(self.one, self.sam)
        self.assertEqual(self.one.user_id, self.sam)
        batch = self.one.ownership_change_ids.sorted("id")[-1].batch_id
        self.one.is_managed_customer = False
        self.env.flush_all()
        [answer] = batch.with_user(self.rita).undo()
        self.assertEqual(answer["code"], "touched")
        self.assertEqual(self.one.user_id, self.sam)
