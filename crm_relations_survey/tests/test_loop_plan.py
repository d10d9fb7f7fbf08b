from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common.loop import LoopCommon


@tagged("post_install", "-at_install")
class TestLoopPlan(LoopCommon):
    """SA-7: improvement plans and the record of a meeting about them."""

    def _create_plan(self, user=None, **values):
        values = {
            "factor_id": self.reception.id,
            "person_id": self.sally.id,
            "user_id": self.sally.id,
            "supervisor_id": self.max.id,
            "target": 80,
            "cause": "Nobody at the desk",
            "measure": "A roster",
        } | values
        return (
            self.env["crm.satisfaction.plan"].with_user(user or self.max).create(values)
        )

    def _date(self, response, days_ago):
        """Let an answer have been given so many days ago."""
        day = fields.Date.today() - timedelta(days=days_ago)
        response.answered_on = day
        response.score_ids.answered_on = day

    def assertCode(self, answers, code):
        self.assertEqual([answer["code"] for answer in answers], [code], answers)

    def test_who_was_present_reads_the_record_and_changes_nothing(self):
        meetings = self.env["crm.satisfaction.meeting"].with_user(self.max)
        meeting = meetings.create({"attendee_ids": [Command.set(self.sally.ids)]})
        self.assertTrue(meeting.may_edit)
        self.assertTrue(Form(meetings).may_edit)
        form = Form(meeting.with_user(self.sally))
        self.assertFalse(form.may_edit)
        with self.assertRaises(AssertionError):
            form.minutes = "Nothing was said"

    def test_from_a_factor_with_one_click_with_the_last_score(self):
        self._answer(4, 10)
        self._answer(6, 10, occasion="b")
        self._answer(10, 10, occasion="c", user_id=self.sam.id)
        action = self.reception.with_user(self.max).plan_improvement(self.sally.id)
        form = Form(
            self.env["crm.satisfaction.plan"]
            .with_user(self.max)
            .with_context(**action["context"])
        )
        self.assertEqual(form.factor_id, self.reception)
        self.assertEqual((form.last_points, form.last_count), (50, 2))
        plan = form.save()
        self.assertEqual((plan.last_points, plan.last_count), (50, 2))
        self.assertEqual(plan.study_id, self.study)
        self.assertEqual(plan.name, "Reception, Sally")

    def test_the_score_of_a_team_and_of_all(self):
        self._answer(4, 10)
        self._answer(10, 10, occasion="c", user_id=self.sam.id, team_id=self.south.id)
        team = self._create_plan(self.spec, person_id=False, team_id=self.south.id)
        self.assertEqual((team.last_points, team.last_count), (100, 1))
        everybody = self._create_plan(self.spec, person_id=False)
        self.assertEqual((everybody.last_points, everybody.last_count), (70, 2))

    def test_old_answers_do_not_count_beside_late_ones(self):
        old, late = self._answer(0, 10), self._answer(10, 10, occasion="b")
        self._date(old, 200)
        self._date(late, 20)
        self.assertEqual(self._create_plan().last_points, 100)
        late.unlink()
        plan = self._create_plan()
        self.assertEqual((plan.last_points, plan.last_count), (0, 1))

    def test_a_factor_of_parts_takes_their_weighted_mean(self):
        whole = self._create_factor("Both")
        (self.reception | self.delivery).parent_id = whole
        self._answer(0, 10)
        plan = self._create_plan(factor_id=whole.id)
        self.assertEqual(plan.last_points, 75)  # weights 1 and 3

    def test_a_plan_ends_on_the_day_of_its_moment(self):
        plan = self._create_plan().with_user(self.sally)
        with freeze_time("2026-03-04 10:00:00", auto_tick_seconds=24 * 60 * 60):
            values = plan._prepare_end("done", "Roster in use")
        day = self.sally._get_relations_day(values["finished_at"])
        self.assertEqual(values["finished_on"], day)

    def test_done_ones_show_the_score_afterwards(self):
        before = self._answer(2, 10)
        self._date(before, 30)
        plan = self._create_plan()
        self.assertCode(plan.start(), "ok")
        self.assertCode(plan.with_user(self.sally).finish("Roster in use"), "ok")
        self.assertEqual(plan.result, "Roster in use")
        self.assertEqual(plan.after_count, 0)
        plan.sudo().finished_on -= timedelta(days=1)
        self._answer(9, 10, occasion="b")
        plan.invalidate_recordset()
        self.assertEqual((plan.after_points, plan.after_count), (90, 1))
        self.assertEqual(plan.last_points, 20)

    def test_what_becomes_of_a_plan_is_said_by_methods(self):
        plan = self._create_plan()
        for values in ({"state": "done"}, {"last_points": 1}, {"result": "x"}):
            with self.assertRaises(UserError):
                plan.write(values)
        self.assertCode(plan.finish(" "), "blocked")
        self.assertCode(plan.drop("No money"), "ok")
        self.assertCode(plan.drop("No money"), "blocked")
        self.assertCode(plan.start(), "blocked")
        self.assertCode(plan.reopen(), "ok")
        self.assertEqual((plan.state, plan.result), ("running", False))

    def test_made_up_scores_are_not_kept(self):
        plan = self._create_plan(last_points=100, last_count=9, state="done")
        self.assertEqual((plan.state, plan.last_points), ("draft", 0))

    def test_the_context_makes_no_plan_done(self):
        context = {"default_state": "done", "default_result": "x"}
        plan = self._create_plan()
        plans = self.env["crm.satisfaction.plan"].with_user(self.max)
        values = plan.copy_data()[0]
        plan = plans.with_context(**context).create(values)
        self.assertEqual((plan.state, plan.result), ("draft", False))

    def test_a_leader_is_told_no_scores_of_other_teams(self):
        self._answer(4, 10, user_id=self.sam.id, team_id=self.south.id)
        values = {"person_id": self.sam.id, "user_id": self.sam.id}
        self.assertEqual(self._create_plan(**values).last_count, 0)
        self.assertEqual(self._create_plan(self.rita, **values).last_count, 1)

    def test_bad_plans_are_refused_in_words(self):
        other = self.env["crm.satisfaction.study"].create({"name": "Other"})
        with self.assertRaisesRegex(ValidationError, "no factor of"):
            self._create_plan(study_id=other.id)
        with self.assertRaisesRegex(ValidationError, "between 0 and 100"):
            self._create_plan(target=101)
        for target in (0, 100):
            self.assertEqual(self._create_plan(target=target).target, target)
        with self.assertRaisesRegex(ValidationError, "Somebody else"):
            self._create_plan(supervisor_id=self.sally.id)

    def test_who_sees_and_changes_plans(self):
        plan = self._create_plan(self.spec, user_id=self.spec.id)
        self.assertTrue(plan.with_user(self.sally).has_access("read"))
        self.assertFalse(plan.with_user(self.sally).has_access("write"))
        self.assertCode(plan.with_user(self.sally).start(), "no_right")
        self.assertCode(plan.with_user(self.sam).start(), "missing")
        self.assertTrue(plan.with_user(self.rita).has_access("write"))
        with self.assertRaises(AccessError):
            self._create_plan(self.sam)

    def test_overdue_ones_are_found(self):
        plan = self._create_plan(due_on=fields.Date.today() - timedelta(days=3))
        later = self._create_plan(due_on=fields.Date.today() + timedelta(days=3))
        found = self.env["crm.satisfaction.plan"].search([("is_overdue", "=", True)])
        self.assertIn(plan, found)
        self.assertNotIn(later, found)
        plan.drop("No money")
        self.assertFalse(plan.is_overdue)

    def test_the_figures_of_many_plans_cost_as_much_as_of_two(self):
        plans = self.env["crm.satisfaction.plan"]
        for number in range(8):
            plans |= self._create_plan(name=str(number))
        plans.start()
        plans.finish("Done")

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            some.sudo().mapped("state")
            before = self.cr.sql_log_count
            some.sudo().mapped("after_points")
            return self.cr.sql_log_count - before

        count(plans)
        self.assertEqual(count(plans[:2]), count(plans))

    def test_the_record_of_a_meeting_is_printed(self):
        plans = self._create_plan() | self._create_plan(factor_id=self.delivery.id)
        action = plans.action_hold_meeting()
        meetings = self.env["crm.satisfaction.meeting"].with_user(self.max)
        meeting = meetings.with_context(**action["context"]).create(
            {"minutes": "Coffee is bought", "guests": "Mr Guest"}
        )
        self.assertEqual(meeting.plan_ids, plans)
        self.assertIn(self.sally, meeting.attendee_ids)
        report = self.env["ir.actions.report"].with_user(self.max)
        html, _kind = report._render_qweb_html(
            "crm_relations_survey.crm_satisfaction_meeting_print", meeting.ids
        )
        text = html.decode()
        for words in ("A roster", "Nobody at the desk", "Coffee is bought", "Mr Guest"):
            self.assertIn(words, text)
        self.assertIn(f"Printed by {self.max.name}", text)

    def test_a_meeting_is_about_plans_of_one_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        plan = self._create_plan()
        with self.assertRaisesRegex(ValidationError, "one company"):
            self.env["crm.satisfaction.meeting"].create(
                {
                    "company_id": company.id,
                    "plan_ids": [Command.set(plan.ids)],
                    "user_id": self.max.id,
                }
            )
