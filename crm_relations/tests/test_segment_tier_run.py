from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestTierRun(RelationsCommon):
    """SE-4, SE-5: what a run writes, and that it can be trusted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.big = cls._create_customer("Big", user_id=cls.sally.id)
        cls.small = cls._create_customer("Small", user_id=cls.sally.id)
        cls._create_order(cls.big, 900)
        cls._create_order(cls.small, 10)
        cls.customers = cls.big | cls.small
        cls.scheme = cls._create_scheme(domain=repr([("id", "in", cls.customers.ids)]))

    def test_every_change_is_a_ledger_line_with_its_reason(self):
        self.scheme.run()
        self.assertRecordValues(
            self.big.tier_change_ids,
            [
                {
                    "old_tier_id": False,
                    "new_tier_id": self.tier_a.id,
                    "scheme_id": self.scheme.id,
                }
            ],
        )
        self.assertRegex(self.big.tier_change_ids.reason, r"Tier A: .*900")
        self.assertIn("place 1 of 2", self.big.tier_change_ids.reason)
        self.assertIn("up to 80 %", self.big.tier_change_ids.reason)

    def test_the_badge_explains_the_tier(self):
        self.scheme.run()
        why = self.big.tier_reason
        self.assertEqual(why["sentence"], self.big.tier_change_ids.reason)
        self.assertEqual(why["rule"]["id"], self.scheme.id)
        self.assertTrue(why["since"])
        self.assertGreaterEqual(len(why["figures"]), 4)
        self.assertFalse(self._create_customer("New").tier_reason)

    def test_a_second_run_changes_nothing(self):
        self.assertEqual(self.scheme.run(), 2)
        self.assertEqual(self.scheme.run(), 0)
        self.assertEqual(len(self.customers.tier_change_ids), 2)

    def test_a_run_for_some_customers_decides_by_all_of_them(self):
        """The small customer stands behind the big one, though only it is run."""
        self.assertEqual(self.scheme._run_queue(partner_ids=self.small.ids), 1)
        self.assertEqual(self.small.tier_id, self.tier_c)
        self.assertFalse(self.big.tier_id)
        self.assertFalse(self.scheme.last_run_at)

    def test_a_preview_writes_nothing_and_says_what_a_run_does(self):
        preview = self.scheme.preview()
        self.assertFalse(self.customers.tier_id)
        self.assertFalse(self.customers.tier_change_ids)
        self.scheme.run()
        self.assertEqual(
            {row["id"]: row["new"] for row in preview["rows"]},
            {customer.id: customer.tier_id.name for customer in self.customers},
        )
        self.assertEqual(
            {row["id"]: row["reason"] for row in preview["rows"]},
            {
                change.partner_id.id: change.reason
                for change in self.customers.tier_change_ids
            },
        )

    def test_an_order_of_today_counts_tonight(self):
        self.scheme.run()
        self._create_order(self.small, 90000, days_ago=0)
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_segments").method_direct_trigger()
        self.customers.invalidate_recordset()
        self.assertEqual(self.small.tier_id, self.tier_a)
        self.assertEqual(self.big.tier_id, self.tier_c)
        self.assertTrue(self.scheme.last_run_at)

    def test_a_scheme_that_has_not_started_is_not_run_at_night(self):
        self.scheme.start_date = fields.Date.add(fields.Date.today(), days=2)
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_segments").method_direct_trigger()
        self.customers.invalidate_recordset()
        self.assertFalse(self.customers.tier_id)

    def test_as_many_statements_for_many_as_for_one_batch(self):
        """Design 3.3: the number of statements depends on batches."""
        few = self._count_run(self.scheme)
        more = self._create_customers(200)
        scheme = self._create_scheme(domain=self._only(more))
        self.scheme.active = False
        self.assertLessEqual(self._count_run(scheme), few)
        self.assertEqual(more.tier_id, self.tier_c)

    def _count_run(self, scheme):
        """Run once to warm up, take the tiers away again, run and count."""
        scheme.run()
        partners = self.env["res.partner"].search(scheme._get_audience())
        self.env.cr.execute(
            "UPDATE res_partner SET tier_id = NULL WHERE id IN %s",
            [tuple(partners.ids)],
        )
        self.env.invalidate_all()
        # What stands there already is not written again: within one second neither is
        # the time of the run.
        scheme.last_run_count = 0
        return self._count_statements(scheme.run)

    def test_a_tier_changed_meanwhile_is_left_to_the_next_run(self):
        """The batch writes only where what was decided upon still holds."""
        self.scheme._fill_queue()
        self.env.cr.execute(
            "UPDATE res_partner SET tier_id = %s WHERE id = %s",
            [self.tier_b.id, self.big.id],
        )
        self.assertEqual(self.scheme._apply_queued(), 1)
        self.big.invalidate_recordset()
        self.assertEqual(self.big.tier_id, self.tier_b)
        self.assertFalse(self.big.tier_change_ids)

    def test_only_configurators_run_a_scheme_by_hand(self):
        with self.assertRaises(AccessError):
            self.scheme.with_user(self.rita).run()
        self.assertEqual(self.scheme.with_user(self.adam).run(), 2)

    def test_changes_of_another_company_stay_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.scheme.run()
        self.big.tier_change_ids.company_id = other
        changes = self.env["crm.tier.change"].with_user(self.rita)
        self.assertEqual(
            changes.search([("partner_id", "in", self.customers.ids)]).partner_id,
            self.small,
        )
