from odoo import fields
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestSegmentMerge(RelationsCommon):
    """AR-12: merging customers keeps levels, layers, referrals and playbooks right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lifecycle.rule"].search([]).start_date = fields.Date.today()
        cls.kept = cls._create_customer("Kept", user_id=cls.sally.id)
        cls.lost = cls._create_customer("Lost")

    def _merge(self):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.lost | self.kept).ids, self.kept, extra_checks=False
        )
        self.env.invalidate_all()

    def _decide(self):
        partners = self.env["res.partner"]
        partners._refresh_sales_figures()
        partners._refresh_relationship()
        self.env["crm.lifecycle.rule"].run()

    def test_the_survivor_is_judged_by_the_joined_evidence(self):
        self._create_order(self.kept, 10)
        self._create_orders([(self.lost, 10, days) for days in range(1, 100, 20)])
        self._decide()
        self.assertEqual(self.kept.relationship_level, "2")
        self._merge()
        self.assertEqual(self.kept.relationship_level, "3")
        self.assertEqual(len(self.kept.relationship_evidence_ids), 5)

    def test_ledgers_end_with_what_the_survivor_is(self):
        self._create_order(self.kept, 10)
        self._decide()
        self._create_order(self.lost, 10, days_ago=500)
        self._decide()
        self.assertEqual(self.lost.lifecycle, "dormant")
        self._merge()
        for ledger, field, column in (
            ("crm.lifecycle.change", "lifecycle", "new_layer"),
            ("crm.relationship.change", "relationship_level", "new_level"),
        ):
            with self.subTest(ledger):
                change = self.kept._get_latest_changes(ledger)[self.kept.id]
                self.assertEqual(self.kept[field], change[column])

    def test_referrals_move_and_nobody_ends_up_referring_itself(self):
        between = self._create_customer("Between", referred_by_id=self.kept.id)
        self.lost.referred_by_id = between
        friend = self._create_customer("Friend", referred_by_id=self.lost.id)
        self._merge()
        self.assertEqual(friend.referred_by_id, self.kept)
        self.assertEqual(between.referred_by_id, self.kept)
        self.assertFalse(self.kept.referred_by_id)

    def test_playbooks_move_and_the_next_layer_ends_them_all(self):
        self._decide()
        for customer in self.kept | self.lost:
            self._create_order(customer, 10, days_ago=1)
        self._decide()
        self.assertEqual(
            (self.kept | self.lost).playbook_run_ids.mapped("layer"), ["new", "new"]
        )
        self._merge()
        self.assertEqual(len(self.kept.playbook_run_ids), 2)
        self.env["crm.playbook.run"]._end(self.kept.ids)
        self.assertFalse(self.kept.playbook_run_id)
