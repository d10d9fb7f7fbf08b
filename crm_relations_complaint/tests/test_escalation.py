"""CO-5: who is told before and after a deadline, when, and once."""

from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common.clock import ClockCommon

JOB = "crm_relations_complaint.ir_cron_escalation"


@tagged("post_install", "-at_install")
class TestEscalation(ClockCommon):
    """The ladder: 15 minutes before who is answerable, at the deadline the leader, an
    hour later the managers of complaints, a day of work later those of relations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.log = cls.env["crm.complaint.escalation"]
        cls.policy.step_ids = [
            Command.create(
                {"level": 1, "minutes": 15, "moment": "before"}
                | {"recipient": "answerable"}
            ),
            Command.create(
                {"level": 2, "minutes": 0, "moment": "after"}
                | {"recipient": "leader", "answer_minutes": 30}
            ),
            Command.create(
                {"level": 3, "minutes": 60, "moment": "after"}
                | {"recipient": "complaint_manager"}
            ),
            Command.create(
                {"level": 4, "minutes": 480, "moment": "after"}
                | {"recipient": "relations_manager"}
            ),
        ]
        cls.policy.line_ids.filtered(lambda one: one.kind_id != cls.contact).unlink()
        cls.north.member_ids |= cls.desk

    def setUp(self):
        super().setUp()
        self.complaint = self._register_at("Mon 16:30")
        self.clock = self._get_clock(self.complaint, self.contact)

    def _run_at(self, text):
        """Let the job run at this moment, as often as it has something to do."""
        with freeze_time(self.at(text)):
            while self.log._escalate_batch():
                pass
        return self.complaint.escalation_ids.sorted("id")

    def test_each_level_is_told_at_its_minute_and_once(self):
        self.assertEqual(self.clock.escalate_at, self.at("Tue 8:15"))
        self.assertFalse(self._run_at("Tue 8:14"))
        [first] = self._run_at("Tue 8:15")
        self.assertEqual((first.level, first.user_id), (1, self.desk))
        self.assertEqual(self._run_at("Tue 8:15"), first)
        self.assertEqual(self.clock.escalate_at, self.at("Tue 8:30"))
        told = self._run_at("Tue 8:30")
        self.assertEqual(told[1:].user_id, self.max)
        self.assertEqual(told[1:].answer_by_at, self.at("Tue 9:00"))
        told = self._run_at("Tue 9:30")
        self.assertEqual(told[2:].user_id, self.mona)
        told = self._run_at("Wed 8:30")
        self.assertEqual(told[3:].user_id, self.rita)
        self.assertFalse(self.clock.escalate_at)
        self.assertEqual(self._run_at("Thu 9:00"), told)

    def _let_level_3_wait(self, **values):
        third = self.policy.step_ids.filtered(lambda one: one.level == 3)
        third.write({"moment": "unheeded", "minutes": 0, **values})

    def test_a_level_that_does_not_act_in_time_brings_the_next_one(self):
        self._let_level_3_wait()
        self._run_at("Tue 8:30")
        self.assertEqual(self.clock.escalate_at, self.at("Tue 9:00"))
        self.assertEqual(len(self._run_at("Tue 8:59")), 2)
        told = self._run_at("Tue 9:00")
        self.assertEqual((told[2:].level, told[2:].user_id), (3, self.mona))
        self.assertEqual(self._run_at("Tue 9:30"), told)

    def test_a_level_that_acts_in_time_brings_nobody(self):
        self._let_level_3_wait(minutes=10)
        told = self._run_at("Tue 8:30")
        self.assertEqual(self.clock.escalate_at, self.at("Tue 9:10"))
        self.complaint._record("contacted", self.at("Tue 8:50"))
        self.assertEqual(self._run_at("Tue 10:00"), told)

    def test_a_pause_is_no_time_to_act_in(self):
        self._let_level_3_wait()
        self._run_at("Tue 8:30")
        self.complaint._record("paused", self.at("Tue 8:40"))
        self.complaint._record("resumed", self.at("Tue 10:00"))
        self.assertEqual(self.clock.escalate_at, self.at("Tue 10:20"))

    def test_where_the_level_before_was_left_out_nobody_waits_for_it(self):
        second = self.policy.step_ids.filtered(lambda one: one.level == 2)
        self.policy.step_ids.filtered(lambda one: one.level == 1).answer_minutes = 5
        second.write({"moment": "unheeded", "minutes": 0})
        told = self._run_at("Tue 8:40")  # too late for a warning
        self.assertEqual(told.mapped("state"), ["skipped", "told"])
        self.assertEqual(told[1].user_id, self.max)
        self.policy.line_ids.target = 10  # too short for one
        clock = self._get_clock(self._register_at("Wed 9:00"), self.contact)
        self.assertEqual(clock.escalate_at, self.at("Wed 9:10"))

    def test_who_waits_for_a_level_says_how_long(self):
        first, second, third = self.policy.step_ids.sorted("level")[:3]
        with self.assertRaisesRegex(ValidationError, "Level 1 waits"):
            first.moment = "unheeded"
        first.moment = "before"
        third.moment = "unheeded"
        with self.assertRaisesRegex(ValidationError, "Level 3 waits"):
            second.answer_minutes = 0

    def test_people_get_an_activity_and_a_message_customers_nothing(self):
        self.complaint.message_subscribe(self.person.ids)
        mails = self.env["mail.mail"].search_count([])
        self.desk.notification_type = "inbox"
        [told] = self._run_at("Tue 8:15")
        self.assertEqual(told.activity_id.user_id, self.desk)
        self.assertIn("15 min left", told.activity_id.summary)
        message = self.complaint.message_ids.filtered(
            lambda one: one.message_type == "user_notification"
        )[:1] or self.env["mail.message"].search(
            [("model", "=", "crm.complaint"), ("res_id", "=", self.complaint.id)],
            limit=1,
        )
        notified = message.notification_ids
        self.assertEqual(notified.res_partner_id, self.desk.partner_id)
        self.assertEqual(notified.notification_type, "inbox")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_who_has_mail_instead_of_an_inbox_gets_one(self):
        self.desk.notification_type = "email"
        self._run_at("Tue 8:15")
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertEqual(mail.recipient_ids, self.desk.partner_id)
        self.assertEqual(mail.state, "outgoing")

    def test_who_is_told_reads_the_complaint_and_nobody_else(self):
        self.assertFalse(self.complaint.with_user(self.max).has_access("read"))
        self._run_at("Tue 8:30")
        self.assertTrue(self.complaint.with_user(self.max).has_access("read"))
        self.assertFalse(self.complaint.with_user(self.max).has_access("write"))
        self.assertFalse(self.complaint.with_user(self.sam).has_access("read"))

    def test_what_is_stopped_tells_nobody_and_needs_nobody(self):
        [told] = self._run_at("Tue 8:15")
        self.complaint._record("contacted", self.at("Tue 8:20"))
        self.assertFalse(told.activity_id)
        self.assertEqual(told.answered_at, self.at("Tue 8:20"))
        self.assertEqual(self._run_at("Wed 9:00"), told)

    def test_what_stands_still_tells_nobody(self):
        self.complaint._record("paused", self.at("Mon 16:40"))
        self.assertFalse(self._run_at("Tue 10:00"))
        self.complaint._record("resumed", self.at("Tue 10:00"))
        self.assertEqual(self.clock.escalate_at, self.at("Tue 10:35"))

    def test_of_a_deadline_that_moves_later_people_are_told_again_once(self):
        [first] = self._run_at("Tue 8:15")
        self.complaint._record("paused", self.at("Tue 8:20"))
        self.assertEqual(self._run_at("Tue 9:00"), first)
        self.complaint._record("resumed", self.at("Tue 9:00"))
        self.assertFalse(first.activity_id, "it tells a deadline that is none any more")
        told = self._run_at("Tue 9:00")
        self.assertEqual(told.mapped("level"), [1, 1])
        self.assertIn("10 min left", told[1].activity_id.summary)
        self.assertEqual(told[1].deadline_at, self.at("Tue 9:10"))
        self.assertEqual(self._run_at("Tue 9:05"), told)
        # A holiday, known only when the leader has been told.
        told = self._run_at("Tue 9:10")
        self.assertEqual(told[2].user_id, self.max)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "date_from": self.at("Tue 0:00"),
                "date_to": self.at("Tue 23:59"),
            }
        )
        self.env.cr.precommit.run()
        self.assertEqual(self.clock.deadline_at, self.at("Wed 8:30"))
        self.assertFalse((told[1] | told[2]).activity_id)
        told = self._run_at("Wed 8:30")
        self.assertEqual(told.mapped("level"), [1, 1, 2, 1, 2])
        self.assertEqual(told[3:].mapped("state"), ["skipped", "told"])

    def test_of_a_deadline_that_moves_earlier_nobody_is_told_twice(self):
        told = self._run_at("Tue 8:30")
        self.clock.flush_recordset()
        self.env.cr.execute(
            "UPDATE crm_complaint_clock SET target = 50 WHERE id = %s", [self.clock.id]
        )
        self.env.invalidate_all()
        self.clock._mark_outdated(SQL("id = %s", self.clock.id))
        self.assertEqual(self.clock.deadline_at, self.at("Tue 8:20"))
        self.assertEqual(self._run_at("Tue 8:35"), told)

    def test_it_is_quiet_outside_working_hours(self):
        """Against Zammad: no message at midnight, whatever is due."""
        self.policy.line_ids.write({"target": 6, "unit": "any_hour"})
        complaint = self._register_at("Mon 16:30")
        clock = self._get_clock(complaint, self.contact)
        self.assertEqual(clock.deadline_at, self.at("Mon 22:30"))
        self.assertEqual(clock.escalate_at, self.at("Tue 8:00"))

    def test_a_job_that_comes_late_waits_for_the_morning(self):
        self._run_at("Tue 8:15")
        self.assertEqual(len(self._run_at("Tue 19:00")), 1)
        self.assertEqual(self.clock.escalate_at, self.at("Wed 8:00"))
        levels = self._run_at("Wed 8:00").mapped("level")
        self.assertEqual(levels, [1, 2, 3])

    def test_at_closing_time_people_are_still_told(self):
        complaint = self._register_at("Mon 16:00")
        clock = self._get_clock(complaint, self.contact)
        self.assertEqual(clock.deadline_at, self.at("Mon 17:00"))
        for moment in ("Mon 16:45", "Mon 17:01"):
            with freeze_time(self.at(moment)):
                self.log._escalate_batch()
        self.assertIn(2, complaint.escalation_ids.mapped("level"))

    def test_a_crisis_is_told_at_any_hour(self):
        self.policy.line_ids.write({"target": 6, "unit": "any_hour"})
        complaints = type(self.env["crm.complaint"])
        complaint = self._register_at("Mon 16:30")
        with patch.object(complaints, "_is_crisis", lambda self: True):
            complaint._crisis_changed()
            clock = self._get_clock(complaint, self.contact)
            self.assertEqual(clock.escalate_at, self.at("Mon 22:15"))
            with freeze_time(self.at("Mon 23:50")):
                self.log._escalate_batch()
        self.assertEqual(len(complaint.escalation_ids), 3)

    def test_a_warning_that_comes_too_late_is_left_out(self):
        told = self._run_at("Tue 8:40")
        self.assertEqual(told.mapped("state"), ["skipped", "told"])
        self.assertFalse(told[0].user_id)

    def test_a_warning_longer_before_than_the_clock_runs_is_left_out(self):
        self.policy.line_ids.target = 10
        clock = self._get_clock(self._register_at("Mon 9:00"), self.contact)
        self.assertEqual(clock.escalate_at, self.at("Mon 9:10"))

    def test_nobody_there_the_managers_are_told(self):
        self.north.user_id = False
        told = self._run_at("Tue 8:30")
        self.assertIn(self.mona, told.user_id)

    def test_who_has_left_or_may_not_enter_the_company_is_not_told(self):
        step = self.policy.step_ids.filtered(lambda one: one.level == 2)
        step.write({"recipient": "person", "user_id": self.oscar.id})
        managers = step._get_managers(self.company)
        abroad = self.env["res.company"].create({"name": "Abroad"})

        def told():
            return step._get_recipients(self.clock, managers)

        self.assertEqual(told(), self.oscar)
        oscar = self.env["res.users"].browse(self.oscar.id)
        oscar.write({"company_ids": [Command.set(abroad.ids)], "company_id": abroad.id})
        self.assertEqual(told(), self.mona)
        oscar.write({"company_ids": [Command.link(self.company.id)], "active": False})
        self.assertEqual(told(), self.mona)

    def test_a_ladder_is_taken_from_a_policy_that_has_its_own(self):
        second = self._create_policy(
            (self.contact, 30, "minute"), ladder_policy_id=self.policy.id
        )
        with self.assertRaisesRegex(ValidationError, "from another one itself"):
            self._create_policy(
                (self.contact, 20, "minute"), ladder_policy_id=second.id
            )

    def test_a_new_ladder_counts_for_what_runs(self):
        self.policy.step_ids.filtered(lambda one: one.level == 1).minutes = 30
        self.assertEqual(self.clock.escalate_at, self.at("Mon 17:00"))
        self.policy.step_ids.unlink()
        self.clock.invalidate_recordset()
        self.assertFalse(self.clock.escalate_at)

    def test_a_policy_takes_the_ladder_of_another(self):
        other = self._create_policy(
            (self.contact, 30, "minute"),
            min_severity="4",
            ladder_policy_id=self.policy.id,
        )
        complaint = self._register_at("Mon 9:00", severity="4")
        clock = self._get_clock(complaint, self.contact)
        self.assertEqual(clock.policy_id, other)
        self.assertEqual(clock.escalate_at, self.at("Mon 9:15"))

    def test_a_promise_escalates_as_well(self):
        with freeze_time(self.at("Mon 9:00")):
            self.complaint.with_user(self.desk).promise("A call", self.at("Tue 15:00"))
        promise = self.complaint.clock_ids.filtered("due_at")
        self.assertEqual(promise.escalate_at, self.at("Tue 14:45"))

    def test_a_level_names_the_person_only_who_is_told(self):
        step = self.policy.step_ids[:1]
        step.user_id = self.olga
        for recipient, who in (("person", "Olga"), ("leader", "Leader of")):
            step.recipient = recipient
            with self.subTest(recipient):
                self.assertIn(who, step._tell())
                self.assertEqual("Olga" in step._tell(), recipient == "person")

    def test_the_job_is_called_at_the_minute(self):
        with freeze_time(self.at("Mon 9:00")):
            complaint = self._register_at("Mon 9:00")
        job = self.env.ref(JOB)
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        self.assertIn(self.at("Mon 9:45"), triggers.mapped("call_at"))
        with freeze_time(self.at("Mon 9:45")):
            while self.log._escalate_batch():
                pass
            self.log._trigger_next()
        self.assertTrue(complaint.escalation_ids)

    def test_n_escalations_take_as_many_statements_as_one(self):
        self._run_at("Fri 10:00")
        counts = []
        for number in (1, 1, 8):
            complaints = self._register_at("Mon 9:00", number)
            # Odoo makes a follower of who gets an activity, one by one.
            complaints.message_subscribe(self.desk.partner_id.ids)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with freeze_time(self.at("Mon 9:45")):
                self.log._escalate_batch()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_the_sentence_tells_the_ladder_once(self):
        sentence = self.policy.sentence
        self.assertIn("Told:", sentence)
        other = self._create_policy(ladder_policy_id=self.policy.id)
        self.assertIn("It escalates like", other.sentence)
        for words in ("Escalation:", "Escalates Like"):
            self.assertNotIn(words, sentence)
            self.assertNotIn(words, other.sentence)
