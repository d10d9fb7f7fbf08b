"""CO-3, CO-4: clocks, what they count, and what came of them."""

from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common.clock import ClockCommon


@tagged("post_install", "-at_install")
class TestClock(ClockCommon):
    def setUp(self):
        super().setUp()
        self.complaint = self._register_at("Mon 16:30")
        self.first = self._get_clock(self.complaint, self.contact)

    def test_registered_the_clocks_of_its_policy_run(self):
        kinds = self.complaint.clock_ids.mapped("kind_id")
        self.assertEqual(kinds, self.contact | self.solution)
        self.assertEqual(self.first.policy_id, self.policy)
        self.assertEqual(self.first.user_id, self.desk)

    def test_a_deadline_counts_working_time_only(self):
        """Half an hour on Monday, lunch and night left out."""
        self.assertEqual(self.first.deadline_at, self.at("Tue 8:30"))
        late = self._register_at("Mon 11:40")
        clock = self._get_clock(late, self.contact)
        self.assertEqual(clock.deadline_at, self.at("Mon 13:40"))

    def test_working_days_end_when_work_ends(self):
        clock = self._get_clock(self.complaint, self.solution)
        self.assertEqual(clock.deadline_at, self.at("Wed 17:00"))
        friday = self._register_at("Fri 9:00")
        clock = self._get_clock(friday, self.solution)
        self.assertEqual(clock.deadline_at, self.at("+Tue 17:00"))

    def test_registered_at_night_it_counts_from_opening(self):
        clock = self._get_clock(self._register_at("Sat 23:00"), self.contact)
        self.assertEqual(clock.deadline_at, self.at("+Mon 9:00"))

    def test_stopped_in_time_it_is_met_by_so_much(self):
        self.complaint.with_user(self.desk)._record("contacted", self.at("Tue 8:10"))
        self.assertResult(self.first, "met", -20)
        self.assertEqual(self.first.minutes_used, 40)
        self.assertEqual(self.first.stopped_by_id, self.desk)
        self.assertEqual(self.first.stop_event, "contacted")

    def test_at_the_deadline_is_in_time_a_second_later_is_not(self):
        other = self._register_at("Mon 16:30")
        self.complaint._record("contacted", self.at("Tue 8:30"))
        self.assertResult(self.first, "met", 0)
        moment = self.at("Tue 8:30").replace(second=1)
        other._record("contacted", moment)
        self.assertResult(self._get_clock(other, self.contact), "late", 1 / 60)

    def test_late_is_stored_by_whoever_stops_it_and_no_job(self):
        """Against Chatwoot: solved late between two runs of a job is late."""
        self.complaint._record("solved", self.at("+Mon 9:00"))
        self.assertResult(self._get_clock(self.complaint, self.solution), "late")
        self.assertResult(self.first, "late")

    def test_a_stopped_clock_is_never_written_again(self):
        """Against Zammad: its deadline stays, whatever comes later."""
        self.complaint._record("contacted", self.at("Tue 8:10"))
        before = self.first.read()[0]
        self.complaint._record("contacted", self.at("Wed 8:10"))
        self.complaint.severity = "4"
        self.calendar.attendance_ids.filtered(lambda one: one.dayofweek == "1").unlink()
        self.env.cr.precommit.run()
        self.first.invalidate_recordset()
        self.assertEqual(self.first.read()[0], before)

    def test_a_pause_counts_within_working_time_only(self):
        """From Monday 16:50 to Tuesday 8:20 are 30 minutes of work."""
        self.complaint._record("paused", self.at("Mon 16:50"))
        self.assertFalse(self.first.deadline_at)
        self.assertResult(self.first, "paused")
        self.complaint._record("resumed", self.at("Tue 8:20"))
        self.assertEqual(self.first.deadline_at, self.at("Tue 9:00"))
        self.assertResult(self.first, "running")

    def test_earlier_pauses_are_not_forgotten(self):
        """Against ERPNext: each pause moves the deadline once."""
        for begin, end in (("Mon 16:40", "Mon 16:45"), ("Mon 16:50", "Mon 16:55")):
            self.complaint._record("paused", self.at(begin))
            self.complaint._record("resumed", self.at(end))
        self.assertEqual(self.first.deadline_at, self.at("Tue 8:40"))

    def test_a_pause_outside_working_time_moves_nothing(self):
        self.complaint._record("paused", self.at("Mon 17:30"))
        self.complaint._record("resumed", self.at("Tue 7:30"))
        self.assertEqual(self.first.deadline_at, self.at("Tue 8:30"))

    def test_solved_while_paused_it_is_judged_at_that_moment(self):
        """Against OCA: neither expired later, nor in progress again."""
        self.complaint._record("paused", self.at("Tue 8:00"))
        self.complaint._record("solved", self.at("Fri 9:00"))
        self.assertResult(self._get_clock(self.complaint, self.solution), "met")
        self.assertResult(self.first, "met", -30)
        self.assertFalse(self.complaint.is_paused)
        self.assertEqual(self.complaint.pause_ids.ended_at, self.at("Fri 9:00"))

    def test_paused_after_its_deadline_it_stays_late(self):
        self.complaint._record("paused", self.at("Tue 10:00"))
        self.assertEqual(self.first.deadline_at, self.at("Tue 8:30"))
        self.complaint._record("contacted", self.at("Wed 10:00"))
        self.assertResult(self.first, "late", 90)

    def test_days_of_a_pause_do_not_count(self):
        self.complaint._record("paused", self.at("Tue 9:00"))
        self.complaint._record("resumed", self.at("Thu 9:00"))
        clock = self._get_clock(self.complaint, self.solution)
        self.assertEqual(clock.deadline_at, self.at("Fri 17:00"))

    def test_reopened_there_is_a_new_round_and_the_old_one_stays(self):
        self.complaint._record("contacted", self.at("Tue 8:10"))
        self.complaint._record("solved", self.at("Tue 9:00"))
        self.complaint._record("closed", self.at("Tue 10:00"))
        self.complaint.sudo().write({"round": 2, "state": "handling"})
        self.complaint._record("reopened", self.at("Wed 9:00"))
        old, new = self._get_clock(self.complaint, self.solution).sorted("id")
        self.assertResult(old, "met")
        self.assertEqual((old.round, new.round), (1, 2))
        self.assertResult(new, "running")
        self.assertEqual(new.deadline_at, self.at("Thu 17:00"))

    def test_what_ends_without_its_event_is_never_met(self):
        for event in ("withdrawn", "merged", "closed"):
            with self.subTest(event):
                complaint = self._register_at("Mon 16:30")
                complaint._record(event, self.at("Tue 8:10"))
                self.assertEqual(
                    set(complaint.clock_ids.mapped("result")), {"cancelled"}
                )
                overdue = self._register_at("Mon 16:30")
                overdue._record(event, self.at("Tue 8:40"))
                self.assertResult(self._get_clock(overdue, self.contact), "late")

    def test_two_stops_of_one_clock_are_one(self):
        self.complaint._record("contacted", self.at("Tue 8:10"))
        self.complaint._record("contacted", self.at("Tue 9:10"))
        self.assertEqual(self.first.stopped_at, self.at("Tue 8:10"))

    def test_a_hand_over_is_the_clock_of_who_is_asked_every_time(self):
        self.policy.line_ids = [
            Command.create(
                {"kind_id": self.acceptance.id, "target": 30, "unit": "minute"}
            )
        ]
        complaint = self.complaint
        for receiver in (self.olga, self.oscar):
            complaint.with_user(self.desk).hand_over(receiver.id)
            clock = self._get_clock(complaint, self.acceptance).sorted("id")[-1]
            self.assertEqual(clock.user_id, receiver)
            complaint.with_user(receiver).decline("No time")
        self.assertEqual(len(self._get_clock(complaint, self.acceptance)), 2)
        complaint.with_user(self.desk).hand_over(self.olga.id)
        complaint.with_user(self.desk).take_back()
        clock = self._get_clock(complaint, self.acceptance).sorted("id")[-1]
        self.assertResult(clock, "cancelled")

    def test_whose_clock_it_is_follows_who_is_answerable(self):
        self.complaint.with_user(self.desk).hand_over(self.olga.id)
        self.assertEqual(self.first.user_id, self.desk)
        self.complaint.with_user(self.olga).accept()
        self.assertEqual(self.first.user_id, self.olga)

    def test_what_is_due_next_stands_at_the_complaint(self):
        self.assertEqual(self.complaint.next_clock_id, self.first)
        self.assertEqual(self.complaint.next_deadline_at, self.first.deadline_at)
        self.assertTrue(self.complaint.is_overdue)
        self.assertIn("overdue", self.complaint.clock_words)
        self.complaint._record("contacted", self.at("Tue 8:10"))
        solution = self._get_clock(self.complaint, self.solution)
        self.assertEqual(self.complaint.next_clock_id, solution)
        self.complaint._record("withdrawn", self.at("Tue 8:20"))
        self.assertFalse(self.complaint.next_clock_id)
        self.assertFalse(self.complaint.next_deadline_at)

    def test_a_complaint_without_policy_has_no_clock_and_goes_on(self):
        self.policy.active = False
        complaint = self._register_at("Mon 9:00")
        self.assertFalse(complaint.clock_ids)
        complaint._record("solved", self.at("Mon 10:00"))
        self.assertFalse(complaint.next_clock_id)

    def test_clocks_are_written_by_nobody(self):
        for user in (self.desk, self.olga, self.mona, self.sally):
            clock = self.first.with_user(user)
            with self.subTest(user.login), self.assertRaises(UserError):
                clock.write({"result": "met"})
            with self.assertRaises(UserError):
                clock.unlink()
        with self.assertRaisesRegex(UserError, "not written by hand"):
            self.complaint.with_user(self.olga).write({"next_deadline_at": False})

    def test_n_complaints_take_as_many_statements_as_one(self):
        counts = []
        for count in (1, 8):
            complaints = self._register_at("Mon 16:30", count)
            complaints.read(["state", "user_id"])
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            for event, at in (
                ("paused", "Mon 16:40"),
                ("resumed", "Mon 16:45"),
                ("contacted", "Mon 16:50"),
                ("solved", "Mon 16:55"),
            ):
                complaints.env["crm.complaint.clock"]._turn(
                    complaints, event, self.at(at)
                )
                complaints._refresh_next_clock()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestClockActs(ClockCommon):
    """Pauses, promises: what people do."""

    def setUp(self):
        super().setUp()
        self.complaint = self._register()
        self.mine = self.complaint.with_user(self.desk)

    def test_who_works_on_it_lets_it_wait_and_go_on(self):
        self.assertAnswers(self.mine.pause("Photos of the customer"), "ok")
        self.assertAnswers(self.mine.pause("Again"), "blocked")
        self.assertEqual(self.mine.pause_reason, "Photos of the customer")
        self.assertAnswers(self.complaint.with_user(self.sally).resume(), "no_right")
        self.assertAnswers(self.mine.resume(), "ok")
        self.assertAnswers(self.mine.resume(), "blocked")
        self.assertEqual(self.complaint.pause_ids.ended_by_id, self.desk)

    def test_a_pause_has_a_reason(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self.mine.pause(" ")

    def test_the_answer_of_the_customer_lets_it_go_on(self):
        self.mine.pause("Photos")
        self.complaint._customer_answered()
        self.assertFalse(self.complaint.is_paused)
        self.assertFalse(self.complaint.pause_ids.ended_by_id)
        self.complaint._customer_answered()
        self.assertEqual(len(self.complaint.pause_ids), 1)

    def test_a_promise_is_a_clock_that_no_pause_moves(self):
        [answer] = self.mine.promise("A call on Friday", "2030-01-02T10:00:00+08:00")
        self.assertTrue(answer["ok"])
        clock = self.env["crm.complaint.clock"].browse(answer["promise_id"])
        self.assertEqual(str(clock.deadline_at), "2030-01-02 02:00:00")
        self.mine.pause("Photos")
        self.assertResult(clock, "running")
        self.assertEqual(clock.display_name, "A call on Friday")
        self.assertAnswers(self.mine.keep_promise(clock.id), "ok")
        self.assertResult(clock, "met")
        self.assertEqual(clock.stopped_by_id, self.desk)
        self.assertAnswers(self.mine.keep_promise(clock.id), "blocked")

    def test_a_day_without_a_time_is_promised_until_it_is_over(self):
        [answer] = self.mine.promise("Money back", "2030-01-02")
        clock = self.env["crm.complaint.clock"].browse(answer["promise_id"])
        self.assertEqual(str(clock.deadline_at), "2030-01-02 16:00:00")

    def test_the_day_that_is_promised_is_that_of_the_complaint_s_company(self):
        other = self.env["res.company"].create({"name": "West"})
        other.resource_calendar_id.tz = "America/New_York"
        self.desk.sudo().company_ids += other
        self.complaint.sudo().company_id = other
        both = self.mine.with_context(allowed_company_ids=[self.company.id, other.id])
        [answer] = both.promise("Money back", "2030-01-02")
        clock = self.env["crm.complaint.clock"].browse(answer["promise_id"])
        self.assertEqual(str(clock.deadline_at), "2030-01-03 05:00:00")

    def test_what_cannot_be_promised_is_said(self):
        for wrong in ("2020-01-01", "soon", None, 5, "9999-01-01", []):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                self.mine.promise("A call", wrong)
        with self.assertRaises(UserError):
            self.mine.promise("", "2030-01-02")
        solution = self._get_clock(self.complaint, self.solution)
        self.assertAnswers(self.mine.keep_promise(solution.id), "blocked")

    def test_promises_stand_beside_each_other_and_end_with_it(self):
        for text in ("A call", "Money back"):
            self.mine.promise(text, "2030-01-02")
        promises = self.complaint.clock_ids.filtered("due_at")
        self.assertEqual(len(promises), 2)
        self.mine.withdraw("It was a mistake")
        self.assertEqual(promises.mapped("result"), ["cancelled"] * 2)

    def test_the_dialogs_ask_and_do(self):
        wizards = self.env["crm.complaint.act.wizard"].with_user(self.desk)
        for act, values in (
            ("pause", {}),
            ("promise", {"due_at": "2030-01-02 10:00:00"}),
        ):
            action = wizards._open(self.mine, act)
            form = Form(wizards.with_context(**action["context"]))
            form.text = "Words"
            for name, value in values.items():
                setattr(form, name, value)
            form.save().action_apply()
        self.assertEqual(self.complaint.pause_ids.reason, "Words")
        promise = self.complaint.clock_ids.filtered("due_at")
        self.assertEqual(promise.promise, "Words")
        promise.with_user(self.desk).action_keep()
        self.assertResult(promise, "met")

    def test_a_clock_is_overdue_after_the_second_of_its_deadline(self):
        complaint = self._register_at("Mon 9:00")
        clock = self._get_clock(complaint, self.contact)
        for seconds, overdue in ((0, False), (1, True)):
            moment = self.at("Mon 10:00") + timedelta(seconds=seconds)
            with self.subTest(seconds), freeze_time(moment):
                clock.invalidate_recordset()
                self.assertEqual(bool(clock.is_overdue), overdue)
                found = clock.search([("id", "=", clock.id), ("is_overdue", "=", True)])
                self.assertEqual(bool(found), overdue)

    def test_a_promise_of_a_company_without_hours_is_kept_all_the_same(self):
        self.company.resource_calendar_id = False
        complaint = self._register_at("Mon 9:00")
        with freeze_time(self.at("Mon 9:00")):
            answers = complaint.promise("A call", self.at("Tue 15:00"))
        self.assertTrue(answers[0]["ok"], answers)
        self.assertFalse(complaint.clock_ids.filtered("promise").calendar_id)
