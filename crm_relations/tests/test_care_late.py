from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common.care import NOW, CareCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCareLate(CareCommon):
    """CA-6, CA-7: done, late, missed; supervisors; what people do with their tasks."""

    def _open_task(self, **values):
        task = self._create_task(self._create_rule(**values))
        self._dispatch()
        return task

    def _move_on(self, moment):
        with freeze_time(moment):
            self._dispatch()

    def _create_wizard(self, tasks, kind, **values):
        return (
            self.env["crm.care.wizard"]
            .with_user(self.sally)
            .create({"task_ids": tasks.ids, "kind": kind} | values)
        )

    def test_time_limits(self):
        """10:00 on a Tuesday; the company works 8 to 12 and 13 to 17."""
        for number, unit, working, until in (
            (0, "hours", True, "2026-05-06 00:00:00"),
            (30, "minutes", False, "2026-05-05 10:30:00"),
            (24, "hours", False, "2026-05-06 10:00:00"),
            (3, "hours", True, "2026-05-05 14:00:00"),
            (8, "hours", True, "2026-05-06 10:00:00"),
            (2, "days", True, "2026-05-08 00:00:00"),
            (5, "days", True, "2026-05-13 00:00:00"),
            (2, "days", False, "2026-05-07 10:00:00"),
        ):
            with self.subTest(number=number, unit=unit, working=working):
                task = self._open_task(
                    limit_number=number, limit_unit=unit, limit_working=working
                )
                self.assertEqual(fields.Datetime.to_string(task.deadline_at), until)
                self.assertEqual(task.missed_at, task.deadline_at + timedelta(days=14))

    def test_the_supervisor_is_told_once(self):
        task = self._open_task(limit_number=1, limit_working=False)
        leader = self.sally.sale_team_id.user_id
        self.assertEqual(task.supervisor_id, leader)
        self._move_on("2026-05-05 10:59:59")
        self.assertFalse(task.escalated_at)
        self._move_on("2026-05-05 11:00:00")
        self.assertEqual(task.escalated_at, datetime(2026, 5, 5, 11))
        with freeze_time("2026-05-05 11:00:00"):
            self.assertTrue(task.is_late)
        self._move_on("2026-05-05 12:00:00")
        self.assertEqual(task.escalated_at, datetime(2026, 5, 5, 11))
        told = self.env["crm.care.task"]._take_untold(leader + self.sally)
        self.assertEqual(told, {leader: task})
        card = told[leader]._prepare_digest_card("en_US")
        self.assertEqual((card["count"], card["lines"][0]["name"]), (1, "Customer"))
        self.assertFalse(self.env["crm.care.task"]._take_untold(leader))

    def test_the_digest_of_the_supervisor_has_the_line(self):
        self._open_task(limit_number=1, limit_working=False)
        leader = self.sally.sale_team_id.user_id
        with freeze_time("2026-05-06 10:00:00"):
            self._dispatch()
            digests = self.env["crm.daily.digest"]
            digests._send(leader, self.company, fields.Date.to_date("2026-05-06"))
            digest = digests.search([("user_id", "=", leader.id)])
            chat = self.env["discuss.channel"].search(
                [("channel_member_ids.partner_id", "=", leader.partner_id.id)]
            )
        self.assertTrue(digest.line_count)
        self.assertIn("not done in time", "".join(chat.message_ids.mapped("body")))

    def test_an_activity_for_the_supervisor_by_the_rule(self):
        task = self._open_task(
            limit_number=1,
            supervisor="user",
            supervisor_id=self.rita.id,
            supervisor_activity=True,
        )
        self._move_on("2026-05-07 10:00:00")
        self._move_on("2026-05-08 10:00:00")
        activity = self.env["mail.activity"].search([("user_id", "=", self.rita.id)])
        self.assertEqual(len(activity), 1)
        self.assertIn("Late", activity.summary)
        self.assertEqual(task.state, "open")
        task.with_user(self.sally).action_done()
        self.assertFalse(activity.exists())

    def test_nobody_supervises_oneself(self):
        task = self._open_task(supervisor="user", supervisor_id=self.sally.id)
        self._move_on("2026-05-07 10:00:00")
        self.assertFalse(task.supervisor_id)
        self.assertTrue(task.escalated_at)

    def test_what_nobody_does_is_missed_in_the_end(self):
        task = self._open_task(missed_after_days=3)
        activity = task.activity_id
        self._move_on("2026-05-08 23:59:59")
        self.assertEqual(task.state, "open")
        self._move_on("2026-05-09 00:00:00")
        self.assertEqual(task.state, "missed")
        self.assertFalse(activity.exists())
        self.assertIn("Missed", task.dispatch_reason)
        never = self._open_task(missed_after_days=0)
        self._move_on("2036-05-09 00:00:00")
        self.assertEqual(never.state, "open")

    def test_what_was_done_in_time_is_never_late(self):
        task = self._open_task(limit_number=1, limit_working=False)
        task.with_user(self.sally)._finish("Glad")
        self._move_on("2026-05-20 10:00:00")
        self.assertRecordValues(
            task, [{"state": "done", "escalated_at": False, "result": "Glad"}]
        )

    def test_the_report_tells_done_late_and_missed(self):
        in_time, done_late, late, missed = (
            self._open_task(limit_number=1, limit_working=False, missed_after_days=days)
            for days in (30, 30, 30, 1)
        )
        in_time._finish()
        with freeze_time("2026-05-05 12:00:00"):
            done_late._finish()
        self._move_on("2026-05-07 10:00:00")
        with freeze_time("2026-05-07 10:00:00"):
            self.env.flush_all()
            lines = self.env["crm.care.report"].search(
                [("user_id", "=", self.sally.id)]
            )
            found = {line.id: line.outcome for line in lines}
            [sums] = self.env["crm.care.report"]._read_group(
                [("id", "in", lines.ids)],
                ["supervisor_id"],
                ["done_count:sum", "late_count:sum", "missed_count:sum"],
            )
        self.assertEqual(
            found,
            {
                in_time.id: "in_time",
                done_late.id: "done_late",
                late.id: "late",
                missed.id: "missed",
            },
        )
        leader = self.sally.sale_team_id.user_id
        self.assertEqual(sums, (leader, 2, 2, 1))

    def test_each_sees_the_report_of_the_own_care(self):
        self._open_task()
        report = self.env["crm.care.report"]
        self.assertEqual(report.with_user(self.sally).search_count([]), 1)
        self.assertEqual(report.with_user(self.sam).search_count([]), 0)

    def test_done_with_a_result_and_a_followup(self):
        task = self._open_task()
        activity = task.activity_id
        self._create_wizard(
            task, "done", result="Glad", followup_kind_id=self.call.id
        ).action_apply()
        self.assertRecordValues(task, [{"state": "done", "result": "Glad"}])
        self.assertFalse(activity.active)
        followup = self.env["crm.followup"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(len(followup), 1)
        self.assertIn("Glad", followup.content)

    def test_doing_the_activity_keeps_what_was_said(self):
        task = self._open_task()
        task.activity_id.with_user(self.sally).action_feedback("<p>Glad</p>")
        self.assertEqual(task.result, "Glad")

    def test_dropped_with_a_reason_that_is_shown(self):
        task = self._open_task()
        activity = task.activity_id
        with self.assertRefused("Say why", UserError):
            self._create_wizard(task, "drop", text=" ").action_apply()
        self._create_wizard(task, "drop", text="Has moved").action_apply()
        self.assertEqual(task.state, "dropped")
        self.assertIn("Sally: Has moved", task.dispatch_reason)
        self.assertFalse(activity.exists())

    def test_put_off_what_is_open_and_what_is_planned(self):
        opened = self._open_task()
        planned = self._create_task(self._create_rule(), due_at="2026-05-06 10:00:00")
        with self.assertRefused("in the future", UserError):
            self._create_wizard(opened, "postpone", until=NOW).action_apply()
        until = datetime(2026, 5, 9, 12)
        self._create_wizard(opened + planned, "postpone", until=until).action_apply()
        self.assertRecordValues(opened, [{"state": "open", "deadline_at": until}])
        self.assertEqual(str(opened.activity_id.date_deadline), "2026-05-09")
        self.assertRecordValues(planned, [{"state": "planned", "due_at": until}])
        self.assertIn("Put off by Sally", planned.dispatch_reason)

    def test_handed_over_with_its_activity(self):
        task = self._open_task()
        self._create_wizard(task, "reassign", user_id=self.sam.id).action_apply()
        self.assertEqual(task.user_id + task.activity_id.user_id, self.sam)

    def test_nobody_closes_the_care_of_others(self):
        task = self._open_task()
        for step in ("_finish", "_drop", "action_done", "action_drop"):
            with self.assertRaises(AccessError):
                getattr(task.with_user(self.sam), step)()
        self.assertEqual(task.state, "open")

    def test_what_is_closed_stays_closed(self):
        task = self._open_task()
        task._finish("Glad")
        with self.assertRefused("still to be done", UserError):
            self._create_wizard(task, "drop", text="No").action_apply()
        with self.assertRefused("tried again", UserError):
            task.action_retry()

    def test_my_day_shows_what_to_do_and_what_others_are_late_with(self):
        self._open_task(limit_number=1, limit_working=False)
        leader = self.sally.sale_team_id.user_id
        self._move_on("2026-05-05 12:00:00")
        with freeze_time("2026-05-05 12:00:00"):
            mine = self.env["crm.my.day"].with_user(self.sally).get_day()
            theirs = self.env["crm.my.day"].with_user(leader).get_day()
        counts = [
            {
                card["key"]: card["count"]
                for column in day["columns"]
                for card in column["cards"]
            }
            for day in (mine, theirs)
        ]
        self.assertEqual((counts[0]["care"], counts[0]["care_week"]), (1, 0))
        self.assertEqual(counts[1]["care_late"], 1)

    def test_what_stands_for_care_is_no_planned_activity_as_well(self):
        def count():
            day = self.env["crm.my.day"].with_user(self.sally).get_day()
            cards = [card for column in day["columns"] for card in column["cards"]]
            counts = {card["key"]: card["count"] for card in cards}
            return [counts[key] for key in ("care", "planned", "planned_week")]

        before = count()
        task = self._open_task()
        self.assertTrue(task.activity_id)
        before[0] += 1
        self.assertEqual(count(), before)
        self.customer.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.sally.id
        )
        before[1] += 1
        self.assertEqual(count(), before)

    def test_the_person_is_called_else_the_customer(self):
        person = self._create_person(self.customer, "Wang Fang")
        task = self._open_task()
        task.person_id = person
        for phone, dialled in (
            ("+86 139 0013 9000", "+8613900139000"),
            (False, "+8613800138000"),
        ):
            person.phone = phone
            action = task.with_user(self.sally).action_call_and_log()
            with self.subTest(phone):
                self.assertEqual(action["params"]["number"], dialled)

    def test_the_supervisor_is_warned_in_his_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.rita.lang = "zh_CN"
        self._open_task(
            limit_number=1,
            supervisor="user",
            supervisor_id=self.rita.id,
            supervisor_activity=True,
        )
        self._move_on("2026-05-07 10:00:00")
        activity = self.env["mail.activity"].search([("user_id", "=", self.rita.id)])
        self.assertIn("逾期", activity.summary)
