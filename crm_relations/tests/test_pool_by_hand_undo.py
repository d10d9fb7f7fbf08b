from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
class TestPoolByHandUndo(PoolByHandCommon):
    """What was done by hand goes back, for customers untouched since."""

    def test_all_can_be_undone_for_those_untouched(self):
        partners = self._create_pooled(3)
        rita = partners.with_user(self.rita)
        for call, before in (
            (lambda: rita.pool_move(self.pool.id), (self.leeds, self.env["res.users"])),
            (
                lambda: rita.pool_assign(self.sally.id),
                (self.leeds, self.env["res.users"]),
            ),
        ):
            call()
            batch = self._get_change(partners[0]).batch_id
            touched = partners[2]
            touched.user_id = self.sam
            answers = batch.with_user(self.rita).undo()
            codes = {answer["id"]: answer["code"] for answer in answers}
            self.assertEqual(codes[touched.id], "touched")
            self.assertEqual(codes[partners[0].id], "ok")
            self.assertEqual((partners[0].pool_id, partners[0].user_id), before)
            touched.with_user(self.rita).pool_release("Back", self.leeds.id)
        self.owned.with_user(self.sally).pool_release("Because")
        batch = self._get_change(self.owned).batch_id
        with self.assertRaises(AccessError):
            batch.with_user(self.sally).undo()
        answers = batch.with_user(self.max).undo()
        self.assertEqual(self._codes(answers), ["ok"])
        self.assertEqual(self.owned.user_id, self.sally)
        self.assertFalse(self.owned.pool_id)

    def test_who_has_it_back_is_told_of_it_as_before(self):
        """A follower without subtypes stands there, and is told nothing."""
        person = self._create_person(self.owned)
        person.user_id = self.sally
        followed = self.owned | person
        followed.message_subscribe(self.sally.partner_id.ids)

        def get_subtypes():
            self.env.invalidate_all()
            followers = followed.message_follower_ids
            mine = followers.filtered(
                lambda one: one.partner_id == self.sally.partner_id
            )
            return [one.subtype_ids for one in mine.sorted("res_id")]

        before = get_subtypes()
        self.assertTrue(all(before))
        self.owned.with_user(self.sally).pool_release("Because")
        self.assertFalse(get_subtypes())
        self._get_change(self.owned).batch_id.with_user(self.max).undo()
        self.assertEqual(get_subtypes(), before)

    def test_undoing_a_claim_removes_its_first_activity(self):
        self.pooled.with_user(self.sally).pool_claim()
        self.assertTrue(self.pooled.activity_ids)
        batch = self._get_change(self.pooled).batch_id
        answers = batch.with_user(self.rita).undo()
        self.assertEqual(self._codes(answers), ["ok"])
        self.assertEqual(self.pooled.pool_id, self.leeds)
        self.assertFalse(self.pooled.activity_ids)

    def test_an_undo_keeps_the_cap(self):
        self.owned.with_user(self.sally).pool_release("Because")
        batch = self._get_change(self.owned).batch_id
        self._create_customer("Next", user_id=self.sally.id)
        self._create_quota()
        answers = batch.with_user(self.max).undo()
        self.assertEqual(self._codes(answers), ["cap_reached"])
        self.assertFalse(self.owned.user_id)
        answers = batch.with_user(self.rita).undo()
        self.assertEqual(self._codes(answers), ["ok"])

    def test_the_summary_says_how_it_went(self):
        sally = self.env["crm.answer.summary"].with_user(self.sally)
        answers = self.owned.with_user(self.sally).pool_release("Because")
        self.assertEqual(sally._open(answers)["tag"], "display_notification")
        both = self.owned.with_user(self.sally) | self.other.with_user(self.sally)
        action = sally._open([*both.pool_release("X"), *answers])
        summary = sally.browse(action["res_id"])
        self.assertIn("Done: 1", summary.sentence)
        self.assertEqual(len(summary.line_ids), 2)
        opened = summary.line_ids[0].action_open_customer()
        self.assertEqual(opened["res_id"], summary.line_ids[0].partner_id.id)
        with self.assertRaises(AccessError):
            summary.with_user(self.sam).read(["sentence"])
