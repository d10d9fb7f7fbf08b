from datetime import datetime

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.care import NOW, CareCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCareChain(CareCommon):
    """From the rule to what the customer gets, by the jobs as they run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna.write({"tz": "UTC"})
        cls.customer.founded_on = "2016-05-05"

    def _generate(self, rule):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_care").method_direct_trigger()
        self.env.invalidate_all()
        return self.env["crm.care.task"].search([("rule_id", "in", rule.ids)])

    def _create_founding_rule(self, channel="activity", **values):
        values = {
            "trigger": "founded",
            "time_of_day": 9,
            "domain": self._only(self.customer),
        } | values
        return self._create_rule(channel, **values)

    def _create_delivery_rule(self, channel="sms", **values):
        values = {
            "trigger": "delivery_planned",
            "offset_number": 3,
            "offset_unit": "days",
            "time_of_day": 9,
            "domain": self._only(self.customer),
        } | values
        return self._create_rule(channel, **values)

    def _create_delivery(self, day="2026-05-08 12:00:00"):
        order = self._create_order(self.customer, 100)
        order.commitment_date = day
        return order

    def test_rule_to_logged_text_message(self):
        rule = self._create_founding_rule("sms")
        task = self._generate(rule)
        self.assertEqual(task.due_at, datetime(2026, 5, 5, 9))
        self._dispatch()
        self.assertEqual(task.state, "done")
        self._get_sms().send()
        log = self.env["crm.sms.log"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(log.body, "Thank you, Customer!")
        self.assertEqual(self._generate(rule), task)
        self._dispatch()
        self.assertFalse(self._get_sms().filtered(lambda sms: sms.state == "outgoing"))

    def test_what_was_put_off_stays_when_its_occasion_is_past(self):
        """A day taken, quiet hours or a person put it off: the nights after do not
        take that for an occasion that is gone."""
        rule = self._create_founding_rule("sms", catch_up_days=1)
        task = self._generate(rule)
        task.with_user(self.sally)._postpone(datetime(2026, 5, 12, 9))
        for day in range(6, 12):
            with freeze_time(f"2026-05-{day:02} 02:00:00"):
                self._generate(rule)
                self.assertEqual(task.state, "planned", day)
        self.assertEqual(task.due_at, datetime(2026, 5, 12, 9))

    def test_what_was_put_off_and_is_cancelled_then_is_dropped(self):
        rule = self._create_delivery_rule()
        order = self._create_delivery()
        task = self._generate(rule)
        task.with_user(self.sally)._postpone(datetime(2026, 5, 7, 9))
        order._action_cancel()
        self.env["res.partner"]._follow_purchases()
        self._generate(rule)
        self.assertEqual((task.state, task.is_gone), ("dropped", True))

    def test_a_moved_occasion_forgets_that_the_former_was_put_off(self):
        rule = self._create_delivery_rule(keep_days=2)
        order = self._create_delivery()
        task = self._generate(rule)
        self._create_task(self._create_rule("sms", importance="3"), due_at=NOW)
        self._dispatch()
        self.assertEqual(task.first_due_at, datetime(2026, 5, 5, 9))
        order.commitment_date = "2026-05-18 12:00:00"
        self._generate(rule)
        self.assertEqual(task.due_at, datetime(2026, 5, 15, 9))
        self.assertFalse(task.first_due_at or task.dispatch_reason)

    def test_care_by_callback_through_the_dispatcher_to_the_followup(self):
        rule = self._create_founding_rule("callback")
        task = self._generate(rule)
        self._dispatch()
        call = task.callback_ids
        self.assertEqual((task.state, call.state), ("open", "open"))
        desk = self.env["crm.callback.desk"].with_user(self.anna)
        self.assertEqual(desk.open_desk()["call"]["id"], call.id)
        outcome = self.env.ref("crm_relations.crm_callback_outcome_complete")
        desk.save_call(call.id, outcome.id, {"note": "Glad"})
        self.assertEqual((task.state, call.state), ("done", "done"))
        self.assertEqual(self.customer.followup_ids.content, "Glad")
        self._generate(rule)
        self._dispatch()
        self.assertEqual(task.callback_ids, call)

    def test_care_that_ends_takes_its_call_off_the_list(self):
        for ending in ("_miss", "action_drop", "action_done", "unlink"):
            with self.subTest(ending):
                task = self._dispatch_call()
                call = task.callback_ids
                if ending == "_miss":
                    task.missed_at = NOW
                    self._dispatch()
                    self.assertEqual(task.state, "missed")
                else:
                    getattr(task, ending)()
                self.assertFalse(call.exists().filtered(lambda c: c.state == "open"))

    def _dispatch_call(self, **values):
        rule = self._create_rule("callback", is_touch=False)
        task = self._create_task(rule, **values)
        self._dispatch()
        self.assertEqual(task.callback_ids.state, "open")
        return task

    def test_missed_care_by_callback_is_called_about_once_more(self):
        task = self._dispatch_call()
        task.missed_at = NOW
        self._dispatch()
        task.with_user(self.sally).action_retry()
        self._dispatch()
        self.assertEqual(task.state, "open")
        self.assertRecordValues(
            task.callback_ids, [{"state": "open", "done_at": False}]
        )

    def test_care_put_off_puts_off_its_call(self):
        task = self._dispatch_call()
        until = datetime(2026, 5, 20, 9)
        task.with_user(self.sally)._postpone(until)
        call = task.callback_ids
        self.assertEqual(call.next_at, until)
        self.assertGreater(call.deadline_at, until)
        self.assertEqual(task.deadline_at, call.deadline_at)
        self.assertFalse(self.env["crm.callback"].with_user(self.anna).take_next())

    def test_nobody_is_called_in_the_quiet_hours_for_care(self):
        """10:00 UTC is 22:00 in Auckland: the call comes up in the morning there."""
        self.company.write({"care_quiet_from": 21, "care_quiet_until": 8})
        self.customer.tz = "Pacific/Auckland"
        call = self._dispatch_call().callback_ids
        calls = self.env["crm.callback"].with_user(self.anna)
        desk = self.env["crm.callback.desk"].with_user(self.anna)
        self.assertFalse(calls.take_next())
        self.assertFalse(desk.open_desk()["queue"])
        with freeze_time("2026-05-05 19:59:00"):
            self.assertFalse(calls.take_next())
        with freeze_time("2026-05-05 20:00:00"):
            self.assertEqual(calls.take_next(), call.id)

    def test_a_call_to_nobody_is_an_activity_that_says_so(self):
        silent = self._create_reachable("Silent", phone=False)
        reached = self._create_reachable("Reached", phone=False)
        self._create_person(reached, "Bob").phone = "+86 139 0013 9000"
        rule = self._create_rule("callback")
        task, other = (self._create_task(rule, one) for one in (silent, reached))
        self._dispatch()
        self.assertEqual(task.activity_id.user_id, self.sally)
        self.assertIn("instead of a callback", task.dispatch_reason)
        self.assertFalse(task.callback_ids)
        self.assertEqual(other.callback_ids.number, "+8613900139000")

    def test_calls_stay_with_the_agents_when_a_salesperson_leaves(self):
        task = self._dispatch_call()
        visit = self._create_task(self._create_rule())
        self._dispatch()
        self.sally.action_archive()
        self.assertEqual((task.state, task.callback_ids.state), ("open", "open"))
        self.assertEqual((visit.state, visit.user_id.id), ("planned", False))

    def test_planned_care_goes_to_whoever_is_in_charge_by_then(self):
        rule = self._create_founding_rule()
        with freeze_time("2026-05-01 10:00:00"):
            task = self._generate(rule)
            self.assertEqual(task.user_id, self.sally)
            self.customer.user_id = self.sam
        self.assertEqual(task.user_id, self.sam)
        self._dispatch()
        self.assertEqual(task.activity_id.user_id, self.sam)

    def test_care_that_waits_for_a_salesperson_comes_up_with_him(self):
        self.customer.user_id = False
        task = self._generate(self._create_founding_rule())
        self._dispatch()
        self.assertEqual(task.state, "planned")
        self.customer.user_id = self.sam
        self._dispatch()
        self.assertEqual(task.activity_id.user_id, self.sam)

    def test_care_handed_to_a_colleague_stays_there(self):
        with freeze_time("2026-05-01 10:00:00"):
            task = self._generate(self._create_founding_rule())
        task.user_id = self.rita
        self.customer.user_id = self.sam
        self.assertEqual(task.user_id, self.rita)

    def test_work_closed_and_opened_again_takes_the_care_along(self):
        task = self._create_task(self._create_rule())
        self._dispatch()
        activity = task.activity_id
        activity._items_closed()
        self.assertEqual(task.state, "dropped")
        activity._items_reopened()
        self.assertEqual(task.state, "open")

    def test_tasks_from_before_care_had_a_time(self):
        tasks = self.env["crm.care.task"]
        rule = self._create_rule()
        activity = self.customer.activity_schedule(user_id=self.sally.id)
        old = self._create_task(rule, activity_id=activity.id)
        new = self._create_task(rule)
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("ALTER TABLE crm_care_task ALTER COLUMN due_at DROP NOT NULL")
        cr.execute(
            "UPDATE crm_care_task SET due_at = NULL WHERE id IN %s", [(old.id, new.id)]
        )
        tasks._init_column("due_at")
        self.env.invalidate_all()
        self.assertEqual((old.due_at, old.state), (datetime(2026, 5, 5, 9), "open"))
        self._dispatch()
        self.assertEqual(new.state, "open")
        self.assertEqual(old.activity_id, activity)

    def test_care_in_the_history_of_the_customer(self):
        self._create_task(self._create_rule("sms"))
        self._dispatch()
        self._create_task(self._create_rule(), due_at="2026-05-09 10:00:00")
        lines = self.customer.with_user(self.rita).get_history(kinds=["care"])["lines"]
        self.assertEqual([line["title"] for line in lines], ["By sms: Done"])

    def test_a_rule_that_breaks_keeps_no_other_from_its_tasks(self):
        broken = self._create_founding_rule()
        fine = self._create_founding_rule(name="Fine")
        self.env.cr.execute(
            "UPDATE crm_care_rule SET domain = %s WHERE id = %s",
            ["[('no_such_field', '=', 1)]", broken.id],
        )
        self.env.invalidate_all()
        generator = "odoo.addons.crm_relations.models.care.crm_care_rule_generator"
        with mute_logger(generator):
            tasks = self._generate(broken + fine)
        self.assertEqual(tasks.rule_id, fine)
        self.assertTrue(broken.problem)

    def test_a_rule_that_breaks_keeps_the_tasks_it_has(self):
        broken = self._create_founding_rule()
        planned = self._generate(broken)
        self.assertEqual(planned.state, "planned")
        self.env.cr.execute(
            "UPDATE crm_care_rule SET domain = %s WHERE id = %s",
            ["[('no_such_field', '=', 1)]", broken.id],
        )
        self.env.invalidate_all()
        with mute_logger(
            "odoo.addons.crm_relations.models.care.crm_care_rule_generator"
        ):
            self._generate(broken)
        self.assertEqual((planned.state, planned.is_gone), ("planned", False))
        self.assertTrue(broken.problem)

    def test_one_touch_a_day_for_persons_and_customer_together(self):
        person = self._create_person(self.customer, "Ada")
        person.phone = "+86 139 0013 9000"
        rule = self._create_rule("sms")
        to_person = self._create_task(rule, person_id=person.id)
        to_customer = self._create_task(self._create_rule("callback", importance="2"))
        self._dispatch()
        self.assertEqual(to_customer.state, "open")
        self.assertEqual(to_person.state, "planned")
        self.assertEqual(to_person.due_at, datetime(2026, 5, 6, 10))

    def test_supervisors_are_told_once(self):
        rule = self._create_rule(
            limit_number=1,
            limit_working=False,
            supervisor="user",
            supervisor_id=self.rita.id,
            supervisor_activity=True,
        )
        task = self._create_task(rule)
        self._dispatch()
        for hour in (11, 12, 13):
            with freeze_time(f"2026-05-05 {hour}:00:00"):
                self._dispatch()
        warnings = self.customer.activity_ids.filtered(
            lambda one: one.user_id == self.rita
        )
        self.assertEqual(len(warnings), 1)
        tasks = self.env["crm.care.task"]
        self.assertEqual(tasks._take_untold(self.rita), {self.rita: task})
        self.assertFalse(tasks._take_untold(self.rita))
