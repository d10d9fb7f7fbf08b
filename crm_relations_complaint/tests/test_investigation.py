"""CO-7, CO-10: why it happened, and what is done so that it does not again."""

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
