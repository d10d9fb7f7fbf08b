"""CO-6: one leads, one speaks, reports come by the hour, criteria end it."""

from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common.case import CaseCommon


@tagged("post_install", "-at_install")
class TestCrisis(CaseCommon):
    def setUp(self):
        super().setUp()
        plan = self.env.ref("crm_relations_complaint.crm_complaint_crisis_plan_general")
        with freeze_time("2026-03-02 08:00:00"):
            crisis = (
                self.env["crm.complaint.crisis"]
                .with_user(self.mona)
                .create(
                    {"name": "Brakes", "plan_id": plan.id, "spokesman_id": self.alma.id}
                )
            )
        self.crisis = crisis.sudo()

    def test_a_plan_fills_people_tasks_and_criteria(self):
        self.assertEqual(self.crisis.level, "3")
        self.assertEqual(self.crisis.leader_id, self.mona)
        self.assertEqual(self.crisis.spokesman_id, self.alma)
        self.assertEqual(len(self.crisis.task_ids), 7)
        self.assertEqual(len(self.crisis.criterion_ids), 4)
        first = self.crisis.task_ids.sorted("sequence")[0]
        self.assertEqual(str(first.due_at), "2026-03-02 08:30:00")

    def test_its_complaints_are_part_of_a_crisis_until_it_ends(self):
        self.assertFalse(self.complaint._is_crisis())
        self.complaint.with_user(self.olga).crisis_id = self.crisis
        self.assertTrue(self.complaint._is_crisis())
        self.assertAnswers(self.crisis.with_user(self.mona).end(), "blocked")
        self.crisis.item_ids.with_user(self.mona).write({"is_done": True})
        self.assertEqual(self.crisis.item_ids.done_by_id, self.mona)
        self.assertAnswers(self.crisis.with_user(self.desk).end(), "no_right")
        self.assertAnswers(self.crisis.with_user(self.mona).end("Check sooner"), "ok")
        self.assertFalse(self.complaint._is_crisis())
        for record, values in (
            (self.crisis.item_ids[:1], {"is_done": False}),
            (self.crisis, {"name": "Lights"}),
        ):
            with self.subTest(values), self.assertRaisesRegex(UserError, "has ended"):
                record.with_user(self.mona).write(values)

    def test_only_the_spokesman_approves_what_is_said(self):
        statement = (
            self.env["crm.complaint.crisis.statement"]
            .with_user(self.olga)
            .create({"crisis_id": self.crisis.id, "body": "We check every car."})
        )
        for user in (self.olga, self.mona):
            self.assertAnswers(statement.with_user(user).approve(), "no_right")
        self.assertAnswers(statement.mark_said(), "blocked")
        with self.assertRaises(AccessError):
            statement.write({"state": "approved"})
        for values in ({"author_id": self.mona.id}, {"crisis_id": self.crisis.id}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "stays with"):
                statement.write(values)
        self.assertAnswers(statement.with_user(self.alma).approve(), "ok")
        self.assertAnswers(statement.mark_said(), "ok")
        self.assertEqual(statement.said_by_id, self.olga)
        with self.assertRaises(UserError):
            statement.body = "Nothing is wrong."

    def test_the_first_report_is_due_by_the_moment_of_the_declaration(self):
        with freeze_time("2026-03-02 08:00:00", auto_tick_seconds=1):
            crisis = self.env["crm.complaint.crisis"].create(
                {"name": "Doors", "leader_id": self.mona.id}
            )
        wait = timedelta(minutes=crisis.report_minutes)
        self.assertEqual(crisis.next_report_at, crisis.opened_at + wait)

    def test_a_report_is_due_each_hour_once_and_a_missing_one_is_seen(self):
        jobs = self.env["crm.complaint.crisis"]
        with freeze_time("2026-03-02 09:00:00"):
            for _run in range(2):
                jobs._lock_due(10)._remind()
            self.assertTrue(self.crisis.is_report_late)
        self.assertEqual(self.crisis.report_ids.mapped("standing"), ["missing"])
        with freeze_time("2026-03-02 09:10:00"):
            reporting = self.crisis.with_user(self.mona)
            self.assertAnswers(reporting.report(" "), "blocked")
            self.assertAnswers(reporting.report("Ten cars checked"), "ok")
        self.assertEqual(self.crisis.report_ids.standing, "late")
        self.assertEqual(str(self.crisis.next_report_at), "2026-03-02 10:10:00")
        self.assertFalse(
            self.crisis.is_report_late
            and fields.Datetime.now() < (self.crisis.next_report_at)
        )

    def test_each_is_reminded_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.mona.sudo().lang = "zh_CN"
        self.crisis._tell_due()
        for user, words in ((self.mona, "该危机"), (self.alma, "is due now")):
            told = self.env["mail.message"].search(
                [
                    ("model", "=", self.crisis._name),
                    ("res_id", "=", self.crisis.id),
                    ("partner_ids", "in", user.partner_id.ids),
                ],
                limit=1,
            )
            self.assertIn(words, told.body)

    def test_what_was_missed_while_nothing_ran_is_one_report(self):
        with freeze_time("2026-03-02 13:30:00"):
            self.env["crm.complaint.crisis"]._lock_due(10)._remind()
        self.assertEqual(len(self.crisis.report_ids), 1)
        self.assertEqual(str(self.crisis.next_report_at), "2026-03-02 14:00:00")

    def test_the_front_desk_knows_who_speaks_and_declares_nothing(self):
        crisis = self.crisis.with_user(self.desk)
        self.assertEqual(crisis.spokesman_id, self.alma)
        with self.assertRaises(AccessError):
            crisis.level = "1"
        with self.assertRaises(AccessError):
            crisis.create({"name": "Another"})

    def test_who_reports_at_the_minute_holds_no_reminder(self):
        jobs, tries = type(self.env["crm.complaint.crisis"]), []
        lock = jobs._lock_due

        def meet(crises, limit):
            tries.append(limit)
            if len(tries) == 1:
                raise SerializationFailure
            return lock(crises, limit)

        self.env.flush_all()
        cron = self.env.ref("crm_relations_complaint.ir_cron_complaint_crisis")
        with (
            freeze_time("2026-03-02 09:00:00"),
            patch.object(jobs, "_lock_due", meet),
            self.enter_registry_test_mode(),
        ):
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(len(tries), 2)
        self.assertEqual(len(self.crisis.report_ids), 1)
