from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common.care import NOW, CareCommon

MOMENT = fields.Datetime.to_datetime(NOW)
SECOND = timedelta(seconds=1)
SHANGHAI, AUCKLAND = "Asia/Shanghai", "Pacific/Auckland"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCareTasks(CareCommon):
    """What becomes of a task: whose clock, whose company, who is told."""

    def _open_task(self, customer=None, **values):
        customer = customer or self.customer
        task = self._create_task(
            self._create_rule(**values), customer, company_id=customer.company_id.id
        )
        self._dispatch()
        return task

    def _create_other_company(self, zone="UTC"):
        other = self.env["res.company"].create({"name": "Other"})
        other.resource_calendar_id.tz = zone
        return other

    def test_the_job_is_called_at_the_next_deadline_and_the_next_miss(self):
        job = self.env.ref("crm_relations.ir_cron_care_dispatch")
        triggers = self.env["ir.cron.trigger"]
        task = self._create_task(self._create_rule(), due_at="2026-05-09 10:00:00")
        for values, moment in (
            ({}, "2026-05-09 10:00:00"),
            (
                {"state": "open", "deadline_at": "2026-05-07 10:00:01"},
                "2026-05-07 10:01",
            ),
            (
                {"escalated_at": NOW, "missed_at": "2026-05-08 10:00:00"},
                "2026-05-08 10",
            ),
            ({"state": "planned", "due_at": NOW}, NOW),
        ):
            triggers.search([("cron_id", "=", job.id)]).unlink()
            task.write(values)
            self.dispatch._trigger_next()
            found = triggers.search([("cron_id", "=", job.id)]).mapped("call_at")
            with self.subTest(values):
                self.assertIn(moment, " ".join(map(str, found)))

    def test_one_run_of_the_job_does_all_there_is_to_do(self):
        """What is due, what is missed, what is late, and when to run again."""
        rule = self._create_rule()
        earlier = {"state": "open", "deadline_at": "2026-05-05 09:00:00"}
        due, late = self._create_task(rule), self._create_task(rule, **earlier)
        missed = self._create_task(rule, **earlier, missed_at="2026-05-05 09:30:00")
        self._create_task(rule, due_at="2026-05-05 11:00:00")
        job = self.env.ref("crm_relations.ir_cron_care_dispatch")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        triggers.unlink()
        self._dispatch()
        self.assertEqual((due | missed).mapped("state"), ["open", "missed"])
        self.assertTrue(late.escalated_at)
        moments = triggers.search([("cron_id", "=", job.id)]).mapped("call_at")
        self.assertIn(datetime(2026, 5, 5, 11), moments)

    def test_without_a_limit_the_day_ends_on_the_clock_of_who_does_it(self):
        self.sally.tz = AUCKLAND  # it is 22:00 on the 5th there
        task = self._open_task(limit_number=0)
        self.assertEqual(task.deadline_at, datetime(2026, 5, 5, 12))
        self.assertEqual(str(task.activity_id.date_deadline), "2026-05-05")
        with freeze_time("2026-05-05 12:30:00"):  # the 6th there
            late = self._open_task(limit_number=0)
            self.assertEqual(late.deadline_at, datetime(2026, 5, 6, 12))

    def test_each_occasion_has_the_end_of_its_own_day(self):
        rule = self._create_rule(limit_number=0)
        today, later = (
            self._create_task(rule, occasion_date=day)
            for day in ("2026-05-04", "2026-05-07")
        )
        self._dispatch()
        self.assertEqual(today.deadline_at, datetime(2026, 5, 6))
        self.assertEqual(later.deadline_at, datetime(2026, 5, 8))

    def test_days_of_a_limit_are_those_of_the_customers_company(self):
        other = self._create_other_company(AUCKLAND)
        theirs = self._create_reachable("Theirs", company_id=other.id)
        values = {"limit_number": 1, "limit_unit": "days"}
        with freeze_time("2026-05-05 12:30:00"):  # Wednesday the 6th there
            here, there = self._open_task(**values), self._open_task(theirs, **values)
        self.assertEqual(here.deadline_at, datetime(2026, 5, 7))
        self.assertEqual(there.deadline_at, datetime(2026, 5, 7, 12))

    def test_who_has_left_supervises_nobody(self):
        rule = self._create_rule(supervisor="user", supervisor_id=self.rita.id)
        self.assertEqual(rule._get_supervisor(self.sally), self.rita)
        self.rita.active = False
        self.assertFalse(rule._get_supervisor(self.sally))
        rule.supervisor = "none"
        self.rita.active = True
        self.assertFalse(rule._get_supervisor(self.sally))

    def test_a_supervisor_gets_an_activity_only_where_the_rule_says_so(self):
        task = self._open_task(limit_number=1, limit_working=False)
        with freeze_time(MOMENT + timedelta(hours=1)):
            self._dispatch()
        self.assertTrue(task.escalated_at and task.supervisor_id)
        self.assertFalse(task.warning_id)

    def test_what_was_done_meanwhile_is_not_told_and_the_latest_is_told_first(self):
        tasks = self.env["crm.care.task"]
        values = {"limit_working": False, "supervisor": "user"}
        values["supervisor_id"] = self.rita.id
        late, later, done = (
            self._open_task(limit_number=hours, **values) for hours in (2, 1, 1)
        )
        with freeze_time(MOMENT + timedelta(hours=2)):
            self._dispatch()
        done._finish()
        self.assertEqual(tasks._take_untold(self.rita), {self.rita: later + late})
        self.assertTrue(done.is_told)

    def test_an_activity_of_high_importance_does_not_take_the_day(self):
        self._create_task(self._create_rule("activity", importance="3"))
        message = self._create_task(self._create_rule("sms", importance="0"))
        self._dispatch()
        self.assertEqual(message.state, "done")

    def test_a_message_that_became_an_activity_does_not_take_the_day(self):
        orphan = self._create_reachable("Orphan", user_id=False)
        waiting = self._create_task(self._create_rule("sms", importance="3"), orphan)
        waiting.channel = "activity"
        message = self._create_task(self._create_rule("email"), orphan)
        self._dispatch()
        self.assertEqual((waiting.state, message.state), ("planned", "done"))

    def test_who_was_reached_yesterday_by_another_clock_is_reached_today(self):
        rule = self._create_rule("sms")
        done = self._create_task(rule, touch_date="2026-05-04", state="done")
        message = self._create_task(rule)
        self._dispatch()
        self.assertEqual(message.state, "done")
        self.assertEqual(str(message.touch_date), "2026-05-05")
        self.assertEqual(str(done.touch_date), "2026-05-04")

    def test_a_time_zone_is_the_customers_before_that_of_others(self):
        other = self._create_other_company("Asia/Kolkata")
        person = self._create_person(self.customer)
        self.customer.company_id = other
        task = self._create_task(
            self._create_rule(), person_id=person.id, company_id=other.id
        )
        known = {"UTC", SHANGHAI, AUCKLAND, "Europe/Paris", "Asia/Kolkata"}
        self.sally.tz, person.tz, self.customer.tz = AUCKLAND, "Europe/Paris", SHANGHAI
        for record, zone in (
            (self.customer, SHANGHAI),
            (person, "Europe/Paris"),
            (self.sally, AUCKLAND),
        ):
            self.assertEqual(task._get_zone(known), zone)
            record.tz = False
        self.assertEqual(task._get_zone(known), "Asia/Kolkata")

    def test_provider_and_quiet_hours_are_those_of_the_customers_company(self):
        other = self._create_other_company()
        other.write({"relations_sms_provider": "none", "care_quiet_from": 9})
        self.company.write({"care_quiet_from": 21, "care_quiet_until": 8})
        rule = self._create_rule("sms")
        theirs = self._create_reachable("Theirs", company_id=other.id)
        here, there = self._create_task(rule), self._create_task(rule, theirs)
        there.company_id = other
        self._dispatch()
        self.assertEqual((here.channel, there.channel), ("sms", "activity"))
        other.relations_sms_provider = "log"
        quiet = self._create_task(rule, theirs, company_id=other.id)
        self._dispatch()
        self.assertEqual((quiet.state, quiet.due_at.hour), ("planned", 8))

    def test_put_off_an_activity_lies_on_the_day_of_who_does_it(self):
        self.sally.tz = AUCKLAND
        task = self._open_task(missed_after_days=3)
        until = datetime(2026, 5, 9, 12)  # midnight of the 10th there
        task.with_user(self.sally)._postpone(until)
        self.assertEqual(str(task.activity_id.date_deadline), "2026-05-10")
        self.assertEqual(task.missed_at, until + timedelta(days=3))

    def test_only_what_failed_or_was_missed_is_tried_again(self):
        task = self._create_task(self._create_rule())
        for state in ("planned", "open", "done", "dropped"):
            task.state = state
            with self.subTest(state), self.assertRefused("tried again", UserError):
                task.action_retry()
        other = self._create_task(self._create_rule())
        other.state = "done"
        for state in ("failed", "missed"):
            task.write({"state": state, "due_at": "2026-05-01 10:00:00"})
            (task + other).action_retry()
            with self.subTest(state):
                self.assertEqual((task.state, task.due_at), ("planned", MOMENT))
                self.assertEqual(other.state, "done")

    def test_what_is_handed_over_before_it_is_due_waits_for_its_minute(self):
        rule, later = self._create_rule(), MOMENT + timedelta(days=1)
        waiting, to_come = (
            self._create_task(rule, due_at=due_at)
            for due_at in (MOMENT - timedelta(days=1), later)
        )
        (waiting + to_come).user_id = self.sam
        self.assertEqual((waiting.due_at, to_come.due_at), (MOMENT, later))

    def test_deleted_a_task_takes_its_open_activities_and_no_other(self):
        task = self._open_task()
        activity = task.activity_id
        task.unlink()
        self.assertFalse(activity.exists())
        done = self._open_task()
        activity = done.activity_id
        done._finish()
        done.unlink()
        self.assertTrue(activity.exists())

    def test_my_day_has_what_is_due_by_its_day_or_by_its_deadline(self):
        self.sally.tz = "UTC"
        rule, today = self._create_rule(), MOMENT.date()
        for days, deadline, state, keys in (
            (0, None, "open", {"care"}),
            (1, None, "open", {"care_week"}),
            (1, "2026-05-06 00:00:00", "open", {"care"}),
            (1, "2026-05-06 00:00:01", "open", {"care_week"}),
            (7, None, "planned", {"care_week"}),
            (8, None, "planned", set()),
            (0, None, "planned", {"care_week"}),
            (0, None, "done", set()),
        ):
            task = self._create_task(
                rule,
                occasion_date=today + timedelta(days=days),
                deadline_at=deadline,
                state=state,
            )
            self.env.flush_all()
            day = self.env["crm.my.day"].with_user(self.sally).get_day()
            cards = [card for column in day["columns"] for card in column["cards"]]
            found = {
                card["key"]
                for card in cards
                if card["key"] in ("care", "care_week") and card["count"]
            }
            with self.subTest(days=days, deadline=deadline, state=state):
                self.assertEqual(found, keys)
            task.unlink()

    def test_a_customer_counts_the_care_that_is_still_to_be_done(self):
        rule = self._create_rule()
        for state in ("planned", "open", "done", "dropped", "missed", "failed"):
            self._create_task(rule).state = state
        self._create_task(rule, self._create_reachable("Other"))
        self.assertEqual(self.customer.care_task_count, 2)

    def test_of_twin_tasks_the_one_that_has_come_further_stays(self):
        rule, other = self._create_rule(), self._create_reachable("Other")
        planned = self._create_task(rule, occasion="same")
        done = self._create_task(rule, other, occasion="same", state="done")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer + other).ids, self.customer)
        self.assertEqual((planned + done).exists(), done)
        self.assertEqual(done.partner_id, self.customer)

    def test_done_in_the_second_of_the_deadline_is_done_in_time(self):
        for done_at, outcome, on_time in (
            (MOMENT, "in_time", 0),
            (MOMENT - SECOND, "in_time", 100),
            (MOMENT + SECOND, "done_late", 0),
        ):
            task = self._create_task(self._create_rule())
            task.write({"state": "done", "done_at": done_at, "deadline_at": MOMENT})
            self.env.flush_all()
            line = self.env["crm.care.report"].browse(task.id)
            with self.subTest(done_at):
                self.assertEqual(line.outcome, outcome)
                self.assertEqual(line.date, done_at)
                # Work is measured by the day: at midnight it has ended.
                work = self.env["crm.workload.report"].search(
                    [("activity", "=", "care"), ("customer_id", "=", self.customer.id)]
                )
                rates = work.filtered(lambda one, at=done_at: one.date == at)
                self.assertEqual(rates.care_on_time_rate, on_time)
        late = self._create_task(self._create_rule())
        late.write({"state": "open", "deadline_at": MOMENT})
        self.env.flush_all()
        self.assertEqual(self.env["crm.care.report"].browse(late.id).outcome, "late")
        self._create_task(self._create_rule())
        self.env.flush_all()
        states = self.env["crm.care.report"].search([]).mapped("outcome")
        self.assertNotIn("planned", states)
