"""CO-7, CO-10: why it happened, and what is done so that it does not again."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

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
        self.assertFalse(due.is_late)
