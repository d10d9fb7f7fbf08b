from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common.satisfaction import SatisfactionCommon


@tagged("post_install", "-at_install")
class TestCheck(SatisfactionCommon):
    """SA-8: spot checks and mystery visits with checklists."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.satisfaction.study"].search(
            [("kind", "=", "check")]
        ).active = False
        cls.standards = cls.env["crm.satisfaction.study"].create(
            {
                "name": "Showroom",
                "kind": "check",
                "low_limit": 50,
                "factor_ids": [
                    Command.create(
                        {"name": name, "is_standard": True, "weight": weight}
                    )
                    for name, weight in (("Greeted", 3), ("Coffee", 1), ("Clean", 1))
                ],
            }
        )

    def _create_check(self, user=None, **values):
        checks = self.env["crm.satisfaction.check"].with_user(user or self.max)
        values = {"study_id": self.standards.id, "user_id": self.sally.id} | values
        return checks.create(values)

    def _judge(self, check, *answers):
        for line, answer in zip(check.line_ids, answers, strict=True):
            getattr(line, f"action_{answer}")()

    def assertAnswer(self, answers, code):
        self.assertEqual([answer["code"] for answer in answers], [code], answers)

    def test_the_list_is_that_of_the_study(self):
        check = self._create_check()
        self.assertEqual(check.line_ids.mapped("name"), ["Greeted", "Coffee", "Clean"])
        self.assertEqual(check.team_id, self.sally.sale_team_id)
        self.assertEqual(check.checker_id, self.max)
        self.assertEqual(check.open_count, 3)

    def test_the_result_is_a_share_and_points_by_weight(self):
        check = self._create_check()
        self._judge(check, "yes", "no", "none")
        self.assertEqual((check.share, check.points), (50, 75))
        self.assertEqual((check.counted, check.open_count), (2, 0))
        check.line_ids[0].action_yes()  # taken back
        self.assertFalse(check.line_ids[0].answer)

    def test_its_scores_count_beside_those_of_customers(self):
        check = self._create_check()
        self._judge(check, "yes", "no", "none")
        self.assertAnswer(check.finish(), "ok")
        response = check.response_id.sudo()
        self.assertEqual((response.state, response.channel), ("answered", "check"))
        self.assertEqual((response.points, response.user_id), (75, self.sally))
        self.assertFalse(response.is_low)
        scores = response.score_ids.sorted("id")
        self.assertEqual(scores.mapped("points"), [100, 0])
        self.assertEqual(scores.mapped("kind"), ["standard"] * 2)
        self.assertEqual(scores.mapped("answer"), ["Yes", "No"])
        self.assertEqual(scores.user_id, self.sally)
        self.assertEqual(scores.team_id, check.team_id)
        self.assertAnswer(check.finish(), "blocked")

    def test_nothing_is_left_out_by_mistake(self):
        check = self._create_check()
        self._judge(check, "yes", "no", "none")
        check.line_ids[1].answer = False
        self.assertAnswer(check.finish(), "blocked")
        self._judge(check, "none", "none", "none")
        check.line_ids.answer = "none"
        self.assertAnswer(check.finish(), "blocked")
        self.assertFalse(check.response_id)

    def test_taken_up_again_its_scores_go(self):
        check = self._create_check()
        self._judge(check, "no", "no", "no")
        check.finish()
        response = check.response_id.sudo()
        self.assertTrue(response.is_low)
        task = response.loop_activity_id
        self.assertTrue(task.active)
        with self.assertRaisesRegex(UserError, "finished"):
            check.line_ids[0].action_yes()
        with self.assertRaisesRegex(UserError, "finished"):
            check.user_id = self.sam
        self.assertAnswer(check.take_up(), "ok")
        self.assertFalse(response.exists() or task.exists())
        check.line_ids[0].action_yes()
        self.assertAnswer(check.finish(), "ok")
        self.assertEqual(check.response_id.sudo().points, 60)

    def test_a_standard_renamed_later_keeps_its_name(self):
        check = self._create_check()
        self.standards.factor_ids[0].name = "Welcomed"
        self.assertEqual(check.line_ids[0].name, "Greeted")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.standards.factor_ids[0].unlink()

    def test_nobody_checks_the_own_work_and_somebody_is_judged(self):
        with self.assertRaisesRegex(ValidationError, "own work"):
            self._create_check(self.sally)
        with self.assertRaisesRegex(ValidationError, "Whose work"):
            self._create_check(user_id=False)
        self.assertTrue(self._create_check(user_id=False, team_id=self.north.id))
        with self.assertRaisesRegex(ValidationError, "no study of checks"):
            self._create_check(study_id=self.study.id)

    def test_the_result_is_written_by_nobody(self):
        check = self._create_check()
        for values in ({"state": "done"}, {"points": 100}, {"checker_id": self.sam.id}):
            with self.assertRaises(AccessError):
                check.write(values)
        line = check.line_ids[0]
        with self.assertRaises(AccessError):
            line.write({"weight": 100})
        with self.assertRaises(AccessError):
            line.copy()

    def test_what_is_left_is_written_by_nobody(self):
        check = self._create_check(open_count=0, counted=3, points=100)
        self.assertEqual((check.open_count, check.counted, check.points), (3, 0, 0))
        for name in ("open_count", "counted"):
            with self.assertRaises(AccessError):
                check.write({name: 9})

    def test_whose_work_it_is_reads_it_once_it_is_done(self):
        check = self._create_check()
        sallys = check.with_user(self.sally)
        self.assertFalse(sallys.has_access("read"))
        self._judge(check, "yes", "yes", "yes")
        check.finish()
        self.assertTrue(sallys.has_access("read"))
        self.assertFalse(sallys.has_access("write"))
        self.assertAnswer(sallys.take_up(), "no_right")
        self.assertFalse(check.with_user(self.sam).has_access("read"))
        self.assertAnswer(check.with_user(self.sam).take_up(), "missing")
        with self.assertRaises(AccessError):
            check.with_user(self.sam).action_cancel()

    def test_another_company_sees_nothing_of_it(self):
        check = self._create_check()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.spec.sudo().write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        self.assertFalse(check.with_user(self.spec).has_access("read"))

    def test_the_day_counts_on_which_somebody_looked(self):
        yesterday = fields.Datetime.now() - timedelta(days=1)
        check = self._create_check(checked_at=yesterday, kind="mystery")
        self._judge(check, "yes", "yes", "yes")
        check.finish()
        day = check.company_id._get_relations_day(check.checked_at)
        self.assertEqual(check.response_id.sudo().answered_on, day)
