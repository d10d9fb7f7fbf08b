from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.handover import TransferCommon


@tagged("post_install", "-at_install")
class TestPoolTransferUndo(TransferCommon):
    """FU-9: undo of a hand-over, for what nobody has touched since."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead_two = cls._create_lead("Deal of two", cls.two)
        cls.one.message_subscribe(cls.sally.partner_id.ids)
        cls.lead_team = cls.lead.team_id

    def _undo(self, actor=None):
        self._transfer(self.both, self.sam)
        batch = self.one.ownership_change_ids[:1].batch_id
        return batch, lambda: batch.with_user(actor or self.sally).undo()

    def test_everything_goes_back(self):
        batch, undo = self._undo()
        self.assertCodes(undo(), ["ok", "ok"])
        moved = self.both | self.person
        self.assertEqual(moved.user_id, self.sally)
        self.assertEqual((self.lead | self.lead_two).user_id, self.sally)
        self.assertEqual(self.lead.team_id, self.lead_team)
        self.assertEqual(self.lead.stage_id, self.stage)
        self.assertEqual(self.quotation.user_id, self.sally)
        self.assertEqual(self.activity.user_id, self.sally)
        self.assertIn(self.sally.partner_id, self.one.message_partner_ids)
        self.assertNotIn(self.sam.partner_id, self.one.message_partner_ids)
        self.assertEqual(set(batch.item_ids.mapped("state")), {"restored"})
        self.assertTrue(batch.undone_at)
        self.assertEqual(self.one.ownership_change_ids[:1].kind, "undo")

    def test_where_nothing_was_touched_nothing_is_told_of_it(self):
        batch, _undo = self._undo()
        told = batch.with_user(self.sally).action_undo()["params"]["message"]
        self.assertTrue(batch.undone_at)
        self.assertNotIn("touched since", told)

    def test_what_was_touched_since_stays_and_is_named(self):
        batch, undo = self._undo()
        self.two.user_id = self.rita
        self.lead.user_id = self.rita
        self.quotation.action_confirm()
        answers = undo()
        self.assertCodes(answers, ["ok", "touched"])
        self.assertIn("Deal", answers[0]["message"])
        self.assertIn(self.quotation.name, answers[0]["message"])
        self.assertEqual(self.one.user_id, self.sally)
        self.assertEqual(self.two.user_id, self.rita)
        self.assertEqual(self.lead.user_id, self.rita)
        self.assertEqual(self.quotation.user_id, self.sam)
        self.assertEqual(self.lead_two.user_id, self.sam)
        self.assertEqual(self.activity.user_id, self.sally)

    def test_who_may_undo(self):
        batch, undo = self._undo(self.sam)
        with self.assertRaises(AccessError):
            undo()
        self.assertEqual(self.both.user_id, self.sam)
        self.assertTrue(batch.with_user(self.max).undo())
        self.assertEqual(self.both.user_id, self.sally)

    def test_a_second_undo_changes_nothing(self):
        _batch, undo = self._undo()
        undo()
        self.assertCodes(undo(), ["touched", "touched"])
        self.assertEqual(self.both.user_id, self.sally)

    def test_as_many_statements_for_many_as_for_few(self):
        warm, few, many = (
            self._create_customers(count, user_id=self.sally.id) for count in (2, 2, 60)
        )
        counts = []
        for customers in (warm, few, many):
            for customer in customers:
                self._create_lead("Deal", customer)
            self._transfer(customers, self.sam)
            batch = customers.ownership_change_ids.batch_id
            self.env.flush_all()
            self.env.invalidate_all()
            undo = batch.with_user(self.sally).undo
            counts.append(self._count_statements(undo))
        self.assertEqual(counts[1], counts[2])
