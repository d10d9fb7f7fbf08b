"""CO-7, CO-10: why it happened, and what is done so that it does not again."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common.case import CaseCommon


@tagged("post_install", "-at_install")
class TestInvestigation(CaseCommon):
    def test_who_has_done_it_does_not_check_it(self):
        action = self._plan()
        action.with_user(self.oscar).finish("Trained")
        self.assertEqual(action.state, "done")
        self.assertAnswers(
            action.with_user(self.oscar).record_check("effective"), "no_right"
        )
        checking = action.with_user(self.mona)
        self.assertAnswers(checking.record_check("not_effective"), "blocked")
        self.assertAnswers(checking.record_check("not_effective", "Again"), "ok")
        following = self.complaint.action_ids - action
        self.assertEqual((following.state, following.earlier_id), ("open", action))
        with self.assertRaisesRegex(UserError, "is over"):
            action.with_user(self.olga).name = "Something else"

    def test_the_day_of_the_check_counts_from_the_moment_it_was_done(self):
        action = self._plan()
        self.assertTrue(action.efficacy_days)
        with freeze_time("2026-03-04 10:00:00", auto_tick_seconds=24 * 60 * 60):
            action.with_user(self.oscar).finish("Trained")
        done_on = action.company_id._get_relations_day(action.done_at)
        self.assertEqual((action.check_on - done_on).days, action.efficacy_days)

    def test_the_owner_is_reminded_then_the_checker(self):
        action = self._plan(checker_id=self.mona.id)
        self.assertEqual(action.activity_ids.user_id, self.oscar)
        action.with_user(self.oscar).finish("Trained")
        self.assertEqual(action.sudo().activity_ids.user_id, self.mona)
        action.with_user(self.mona).record_check("effective")
        self.assertFalse(action.sudo().activity_ids)

    def test_one_cause_is_the_root_and_the_complaint_counts_under_all(self):
        causes = self.env["crm.complaint.cause"].search([], limit=2)
        findings = self.env["crm.complaint.finding"].with_user(self.olga)
        first = findings.create(
            {
                "complaint_id": self.complaint.id,
                "name": "Loose screw",
                "cause_id": causes[0].id,
                "is_root": True,
            }
        )
        second = findings.create(
            {
                "complaint_id": self.complaint.id,
                "name": "No torque given",
                "cause_id": causes[1].id,
                "is_root": True,
            }
        )
        first.parent_id = second
        self.assertFalse(first.is_root)
        self.assertEqual(self.complaint.cause_ids, causes)
        with self.assertRaises(UserError):
            second.parent_id = first
        second.why_ids = [(0, 0, {"name": "Nobody wrote it down"})]
        self.assertEqual(second.why_ids.number, "Why 1")

    def test_prevention_comes_from_several_complaints(self):
        other = self._register(subject="It rattles, too")
        both = (self.complaint | other).with_user(self.olga)
        action_id = both.plan_prevention("Check each door", self.oscar.id)
        self.assertEqual(other.shared_action_ids.id, action_id)
        self.assertEqual(self.complaint.action_ids.id, action_id)
        self.assertEqual(other.shared_action_ids.user_id, self.oscar)
        own = self.env["crm.complaint.action"].browse(both.plan_prevention("Mine"))
        self.assertEqual(own.user_id, self.olga, "the caller where nobody is named")

    def test_why_after_why_is_numbered_while_typing(self):
        with Form(
            self.env["crm.complaint.finding"].with_context(
                default_complaint_id=self.complaint.id
            )
        ) as form:
            form.name = "Loose screw"
            for number in (1, 2):
                with form.why_ids.new() as why:
                    why.name = f"Because {number}"
                self.assertEqual(
                    [line["number"] for line in form.why_ids._records][number - 1],
                    f"Why {number}",
                )

    def test_the_dialog_says_what_was_done_and_who_checks_it_otherwise(self):
        action = self._plan(checker_id=self.mona.id)
        wizards = self.env["crm.complaint.action.wizard"]
        done = {"action_ids": action.ids, "step": "finish", "text": "Trained"}
        wizards.with_user(self.oscar).create(done).action_apply()
        self.assertEqual(action.result, "Trained")
        silent = self._plan()
        done = {"action_ids": silent.ids, "step": "finish", "text": False}
        wizards.with_user(self.oscar).create(done).action_apply()
        self.assertTrue(silent.done_at)
        for checker, name in ((self.mona, "Mona"), (False, "A complaint officer")):
            action.sudo().checker_id = checker
            with self.subTest(name):
                self.assertEqual(action._get_checker(), name)

    def test_an_action_is_dropped_by_who_answers_for_the_complaint_only(self):
        action = self._plan()
        self.assertAnswers(action.with_user(self.desk).drop("No need"), "no_right")
        self.assertAnswers(action.with_user(self.olga).drop("No need"), "ok")

    def test_a_check_after_no_day_at_all_is_allowed_and_before_none(self):
        action = self._plan(efficacy_days=0)
        self.assertFalse(action.efficacy_days)
        with self.assertRaisesRegex(UserError, "Check after 0"):
            action.efficacy_days = -1

    def test_what_others_have_to_do_is_not_on_ones_own_card(self):
        actions = self.env["crm.complaint.action"]
        today = fields.Date.today()
        due, tomorrow = (
            self._plan(due_on=fields.Date.add(today, days=days)) for days in (0, 1)
        )
        users = {"olga": self.olga, "oscar": self.oscar}
        found = {
            name: actions.search(actions._get_overdue_domain(user, today))
            & (due | tomorrow)
            for name, user in users.items()
        }
        self.assertEqual(found, {"olga": actions, "oscar": due})

    def test_what_is_due_today_is_not_late(self):
        today = fields.Date.today()
        late, due = (
            self._plan(due_on=fields.Date.add(today, days=days)) for days in (-1, 0)
        )
        both = late | due
        self.assertEqual(both.mapped("is_late"), [True, False])
        found = both.search([("id", "in", both.ids), ("is_late", "=", True)])
        self.assertEqual(found, late)

    def test_who_was_to_do_it_does_not_check_what_another_has_done(self):
        action = self._plan()
        self.assertAnswers(action.with_user(self.olga).finish("Done for him"), "ok")
        self.assertAnswers(
            action.with_user(self.oscar).record_check("effective"), "no_right"
        )

    def test_a_company_may_check_nothing_later(self):
        self.company.complaint_efficacy_days = 0
        with self.assertRaises(UserError):
            self.company.complaint_efficacy_days = -1
