from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common.handover import TransferCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 12:00:00")
class TestHandoverWords(TransferCommon):
    """FU-9: what the timeline, the dialogs and the messages of a hand-over say."""

    def _get_line(self):
        history = self.one.with_user(self.rita).get_history(kinds=["share"])
        return history["lines"][0]

    def _get_message(self, user):
        notices = self.env["mail.notification"].search(
            [("res_partner_id", "=", user.partner_id.id)], order="id desc", limit=1
        )
        return notices.mail_message_id

    def test_the_timeline_tells_of_a_share_and_of_its_end(self):
        self.one.with_user(self.sally).share_with(self.sam.id, purpose="Fair")
        line = self._get_line()
        self.assertEqual(line["title"], "Shared with Sam")
        self.assertEqual(line["text"], "Works along · Fair")
        self.assertEqual(line["by"], "Sally")
        self.one.share_ids.with_user(self.sam).action_end()
        text = self._get_line()["text"]
        self.assertIn("Ended on Mar 4, 2026: Ended by hand.", text)

    def test_a_message_about_one_customer_names_it_in_its_subject(self):
        self.one.with_user(self.sally).share_with(self.sam.id, purpose="Fair")
        self.assertEqual(self._get_message(self.sam).subject, "Shared with you: One")

    def test_the_new_owner_is_told_what_came_and_until_when_others_see_it(self):
        self._transfer(self.both, self.sam, until="2026-03-08")
        message = self._get_message(self.sam)
        self.assertEqual(message.subject, "Handed over to you: 2 customers")
        for words in (
            "Sally handed these customers",
            ">One<",
            ">Two<",
            "Opportunity: 1",
            "Note: Moves away",
            "keeps access until Mar 8, 2026",
        ):
            self.assertIn(words, message.body)
        self.assertNotIn("more", message.body)

    def test_what_came_along_is_counted_as_the_language_writes_it(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.sam.lang = "zh_CN"
        self._transfer(self.both, self.sam)
        body = self._get_message(self.sam).body
        self.assertRegex(body, "：1、")
        self.assertNotIn(": 1", body)
        wizard = self.env["crm.leaver.wizard"].with_context(lang="zh_CN")
        wizard = wizard.new({"leaver_ids": self.sam.ids})
        self.assertEqual(wizard.held_text, "Sam：2")

    def test_each_new_owner_is_told_of_the_own_ones_only(self):
        owners = {self.one.id: self.sam.id, self.two.id: self.max.id}
        self.both.with_user(self.rita)._hand_over(owners, "Leaves", kind="leaver")
        for user, named, other in ((self.sam, "One", "Two"), (self.max, "Two", "One")):
            message = self._get_message(user)
            with self.subTest(user.name):
                self.assertEqual(message.subject, "Handed over to you: 1 customer")
                self.assertIn(f">{named}<", message.body)
                self.assertNotIn(f">{other}<", message.body)
                self.assertEqual("With them came" in message.body, named == "One")

    def test_of_many_ten_are_named(self):
        many = self.env["res.partner"].create(
            [
                {"name": f"C{n}", "is_managed_customer": True, "user_id": self.sally.id}
                for n in range(11)
            ]
        )
        self._transfer(many, self.sam)
        body = self._get_message(self.sam).body
        self.assertEqual(body.count("/odoo/my-customers/"), 10)
        self.assertIn("and 1 more", body)
        self._transfer(many[:10], self.max, self.rita)
        body = self._get_message(self.max).body
        self.assertEqual(body.count("/odoo/my-customers/"), 10)
        self.assertNotIn("more", body)

    def test_nobody_hands_over_to_the_leaver_and_nobody_without_one(self):
        wizards = self.env["crm.leaver.wizard"].with_user(self.rita)
        wizard = wizards.create({"receiver_ids": [(0, 0, {"user_id": self.sam.id})]})
        with self.assertRefused("Who leaves", UserError):
            wizard.action_preview()

    def test_of_the_only_member_of_a_team_the_dialog_says_so_at_once(self):
        wizard = self.env["crm.leaver.wizard"].new({"leaver_ids": self.sam.ids})
        wizard._onchange_leaver_ids()
        self.assertEqual(wizard.team_id, self.south)
        warning = wizard._onchange_team_id()["warning"]
        self.assertIn("Sam is the only member of South", warning["message"])
        wizard.team_id = self.north
        self.assertIsNone(wizard._onchange_team_id())
        self.assertEqual(wizard.receiver_ids.user_id._origin, self.sally)

    def test_a_chosen_team_stays_whoever_leaves(self):
        wizard = self.env["crm.leaver.wizard"].new({"team_id": self.north.id})
        wizard.leaver_ids = self.sam
        wizard._onchange_leaver_ids()
        self.assertEqual(wizard.team_id._origin, self.north)

    def test_a_line_opens_its_customer(self):
        action = self.one.with_user(self.sally).action_hand_over()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        url = wizard.line_ids.action_open()["url"]
        self.assertEqual(url, f"/odoo/res.partner/{self.one.id}")

    def test_the_overview_counts_those_that_move_by_receiver(self):
        theirs = self._create_customer("Sam's", user_id=self.sam.id)
        wizard = self.env["crm.handover.wizard"].with_user(self.sally)
        owners = {self.one.id: self.sam.id, self.two.id: self.sam.id, theirs.id: None}
        action = wizard._open_for(
            (self.both | theirs).with_user(self.sally), owners, is_leaver=True
        )
        wizard = wizard.browse(action["res_id"])
        self.assertIn("<td>Sam</td><td class='text-end'>2</td>", wizard.overview)
        self.assertEqual(wizard.overview.count("<tr>"), 1)

    def test_a_dialog_of_all_to_one_counts_them_together(self):
        action = self.both.with_user(self.sally).action_hand_over()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertIn("All to the new salesperson", wizard.overview)
        self.assertIn(">2<", wizard.overview)

    def test_capacities_and_what_receivers_hold_now(self):
        self._create_customer(
            "Contact", user_id=self.sally.id, is_managed_customer=False
        )
        wizard = self.env["crm.leaver.wizard"].create(
            {
                "leaver_ids": self.sam.ids,
                "receiver_ids": [(0, 0, {"user_id": self.sally.id})],
            }
        )
        self.assertEqual(wizard.receiver_ids.held_count, 2)
