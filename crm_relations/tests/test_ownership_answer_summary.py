from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestAnswerSummary(RelationsCommon):
    """What an action on many customers tells: one sentence, and who was left out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.summaries = cls.env["crm.answer.summary"].with_user(cls.sally)
        cls.customer = cls._create_customer("Known", user_id=cls.sally.id)

    def _answers(self, *codes, message=None):
        return [
            {
                "id": self.customer.id,
                "ok": code == "ok",
                "code": code,
                "message": message or code,
            }
            for code in codes
        ]

    def test_a_single_success_needs_no_dialog(self):
        action = self.summaries._open(self._answers("ok"))
        self.assertEqual(action["tag"], "display_notification")

    def test_several_successes_and_every_refusal_open_one(self):
        for codes in (("ok", "ok"), ("blocked",), ("ok", "blocked")):
            with self.subTest(codes):
                action = self.summaries._open(self._answers(*codes))
                summary = self.env[action["res_model"]].browse(action["res_id"])
                self.assertEqual(
                    summary.line_ids.mapped("code"), [c for c in codes if c != "ok"]
                )

    def test_successes_come_first_then_the_most_frequent_refusal(self):
        answers = self._answers("frozen", "blocked", "blocked", "ok", "cool_down")
        self.assertEqual(
            self.summaries._get_sentence(answers),
            "Done: 1, Not possible: 2, Had it before: 1, Came just now: 1 · ok",
        )

    def test_a_customer_that_is_gone_is_told_without_a_link(self):
        gone = self._create_customer("Gone")
        answers = [{**self._answers("missing")[0], "id": gone.id}]
        gone.unlink()
        action = self.summaries._open(answers)
        line = self.env[action["res_model"]].browse(action["res_id"]).line_ids
        self.assertFalse(line.partner_id)
        self.assertEqual(line.message, "missing")

    def test_only_where_the_same_stands_against_all_the_dialog_stays_open(self):
        with self.assertRefused("Full", UserError):
            self.summaries._open_or_refuse(
                self._answers("blocked", "cap_reached", message="Full")
            )
        for answers in (
            self._answers("blocked", "ok", message="Full"),
            self._answers("blocked", "frozen"),
        ):
            action = self.summaries._open_or_refuse(answers)
            self.assertEqual(action["res_model"], "crm.answer.summary")
