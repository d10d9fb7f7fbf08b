from datetime import datetime

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from .common.care import NOW, CareCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCareDispatch(CareCommon):
    """CA-2, CA-3: care goes out by its channel, at its minute, once."""

    def test_an_activity_for_who_is_in_charge(self):
        rule = self._create_rule(instructions="Bring <flowers>.")
        task = self._create_task(rule)
        self._dispatch()
        activity = task.activity_id
        self.assertRecordValues(
            task, [{"state": "open", "channel": "activity", "recipient_id": False}]
        )
        self.assertEqual(task.dispatched_at, datetime(2026, 5, 5, 10))
        self.assertEqual(activity.user_id, self.sally)
        self.assertEqual(activity.activity_type_id, rule.activity_type_id)
        self.assertIn("&lt;flowers&gt;", activity.note)
        self.assertEqual(str(activity.date_deadline), "2026-05-05")

    def test_each_letter_of_care_is_written_for_any_task(self):
        """Odoo tries a template on whatever task there is when the addon is updated."""
        task = self._create_task(self._create_rule())
        for letter in self.env["mail.template"].search(
            [("model", "=", "crm.care.task")]
        ):
            with self.subTest(letter.name):
                written = letter._render_field("body_html", task.ids)
                self.assertTrue(written[task.id])

    def test_callbacks_and_gifts_are_for_a_person_as_long_as_nobody_extends_them(self):
        call = self._create_task(self._create_rule("callback"))
        gift = self._create_task(self._create_rule("gift"))
        self._dispatch()
        self.assertEqual((call.state, gift.state), ("open", "open"))
        self.assertTrue(gift.activity_id)

    def test_a_fallback_for_nobody_waits_until_somebody_is_in_charge(self):
        orphan = self._create_reachable("Orphan", phone=False, user_id=False)
        task = self._create_task(self._create_rule("sms"), orphan)
        self._dispatch()
        self.assertRecordValues(
            task, [{"state": "planned", "channel": "activity", "dispatched_at": False}]
        )
        task.with_user(self.rita).user_id = self.sam
        self._dispatch()
        self.assertEqual(task.activity_id.user_id, self.sam)

    def test_what_is_not_due_yet_waits_for_its_minute(self):
        rule = self._create_rule()
        task = self._create_task(rule, due_at="2026-05-05 10:00:01")
        job = self.env.ref("crm_relations.ir_cron_care_dispatch")
        self._dispatch()
        self.assertEqual(task.state, "planned")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        self.assertIn(datetime(2026, 5, 5, 10, 1), triggers.mapped("call_at"))
        with freeze_time("2026-05-05 10:01:00"):
            self._dispatch()
        self.assertEqual(task.state, "open")

    def test_the_job_is_called_once_a_minute_at_most(self):
        self._create_task(self._create_rule(), due_at="2026-05-06 10:00:00")
        job = self.env.ref("crm_relations.ir_cron_care_dispatch")
        for _time in range(3):
            self.dispatch._trigger_next()
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", job.id), ("call_at", "=", "2026-05-06 10:00:00")]
        )
        self.assertEqual(len(triggers), 1)

    def test_twice_changes_nothing(self):
        for channel in ("activity", "sms", "email"):
            self._create_task(self._create_rule(channel, is_touch=False))
        self._dispatch()
        before = [
            self.env[model].search_count([])
            for model in ("mail.activity", "sms.sms", "mail.mail")
        ]
        self._dispatch()
        after = [
            self.env[model].search_count([])
            for model in ("mail.activity", "sms.sms", "mail.mail")
        ]
        self.assertEqual(after, before)

    @mute_logger("odoo.addons.crm_relations.models.care.crm_care_rule_deadline")
    def test_a_calendar_without_hours_stops_nobody(self):
        calendar = self.company.resource_calendar_id
        calendar.attendance_ids.unlink()
        rule = self._create_rule(limit_number=3, limit_unit="hours")
        task = self._create_task(rule)
        self._dispatch()
        self.assertEqual(task.deadline_at, datetime(2026, 5, 5, 13))

    def test_after_a_standstill_by_the_rule(self):
        """One setting says how far back both jobs go; whole days of the company."""
        today, day = (
            self._create_rule("sms", catch_up_days=days, is_touch=False)
            for days in (0, 1)
        )
        old, edge = (
            self._create_task(day, due_at=moment)
            for moment in ("2026-05-03 23:59:59", "2026-05-04 00:00:00")
        )
        yesterday = self._create_task(today, due_at="2026-05-04 23:59:59")
        long = self._create_rule("sms", catch_up_days=200, is_touch=False)
        caught = self._create_task(long, due_at="2026-01-01 10:00:00")
        self._dispatch()
        self.assertEqual(
            [task.state for task in (old, edge, yesterday, caught)],
            ["missed", "done", "missed", "done"],
        )
        self.assertIn("skipped", old.dispatch_reason)

    def test_what_waits_for_somebody_is_missed_in_the_end(self):
        orphan = self._create_reachable("Orphan", user_id=False)
        rule = self._create_rule(catch_up_days=1)
        task = self._create_task(rule, orphan, due_at="2026-05-02 10:00:00")
        self._dispatch()
        self.assertEqual(task.state, "planned")
        with freeze_time("2026-05-08 10:00:00"):
            self._dispatch()
        self.assertEqual(task.state, "missed")

    def test_nothing_of_an_archived_rule_or_customer(self):
        rule = self._create_rule("sms")
        gone = self._create_reachable("Gone")
        tasks = self._create_task(rule, gone) + self._create_task(
            self._create_rule("email")
        )
        gone.active = False
        tasks[1].rule_id.active = False
        self._dispatch()
        self.assertEqual(tasks.mapped("state"), ["dropped", "dropped"])
        self.assertIn("archived", tasks[0].dispatch_reason)

    def test_statements_do_not_depend_on_the_number_of_tasks(self):
        """Odoo inserts in chunks of 1,000 rows; below that a batch is constant."""
        for channel in ("activity", "sms", "email", "callback"):
            with self.subTest(channel):
                rule = self._create_rule(channel, is_touch=False)
                _first, few, many = (self._count_for(rule, n) for n in (2, 2, 40))
                self.assertEqual(many, few)

    def _count_for(self, rule, number):
        for index in range(number):
            customer = self._create_reachable(f"{rule.channel}{number}{index}")
            self._create_task(rule, customer)
        self.env.flush_all()
        self.env.invalidate_all()
        return self._count_statements(self.dispatch._dispatch_batch)

    def test_executors_follow_the_customer_once(self):
        follower = self.customer.message_follower_ids.filtered(
            lambda follower: follower.partner_id == self.sally.partner_id
        )
        follower.unlink()
        self.env.flush_all()
        self._create_task(self._create_rule())
        self._dispatch()
        follower = self.customer.message_follower_ids.filtered(
            lambda follower: follower.partner_id == self.sally.partner_id
        )
        subtypes = self.env["mail.message.subtype"].default_subtypes("res.partner")[0]
        self.assertEqual(follower.subtype_ids, subtypes)
        follower.subtype_ids = False
        self._create_task(self._create_rule())
        self._dispatch()
        self.assertIn(follower, self.customer.message_follower_ids)
        self.assertFalse(follower.subtype_ids, "what she chose stays")

    def test_statements_do_not_depend_on_the_number_of_executors(self):
        rule, counts = self._create_rule(is_touch=False), []
        for number in (1, 1, 8):
            for index in range(number):
                user = self.sally.copy({"login": f"executor{len(counts)}-{index}"})
                customer = self._create_reachable(f"of {user.login}")
                task = self._create_task(rule, customer)
                task.user_id = user
            self.env.flush_all()
            self.env.invalidate_all()
            counts.append(self._count_statements(self.dispatch._dispatch_batch))
        self.assertEqual(counts[2], counts[1])

    def test_users_hand_over_and_write_nothing_else(self):
        task = self._create_task(self._create_rule())
        mine = task.with_user(self.sally)
        mine.user_id = self.sam
        for values in (
            {"state": "done"},
            {"due_at": "2030-01-01"},
            {"partner_id": self.sally.partner_id.id},
            {"dispatch_facts": {"code": "care_failed", "error": "lie"}},
        ):
            with self.assertRaises(AccessError):
                mine.write(values)

    @mute_logger("odoo.sql_db")
    def test_bad_rules_are_refused(self):
        user_model = self.env["ir.model"]._get_id("res.users")
        alien = self.sms_template.copy({"model_id": user_model})
        for values, words in (
            ({"channel": "sms", "sms_template_id": False}, "choose the template"),
            ({"channel": "email", "mail_template_id": False}, "choose the template"),
            ({"channel": "sms", "sms_template_id": alien.id}, "made for contacts"),
            ({"supervisor": "user"}, "Who supervises"),
            ({"keep_days": 367}, "lie between"),
            ({"limit_number": -1}, "limit lies between"),
        ):
            with self.subTest(values), self.assertRefused(words, ValidationError):
                self._create_rule(**values)

    def test_the_leader_of_the_team_does_it_if_the_rule_says_so(self):
        rule = self._create_rule(executor="leader", user_id=self.rita.id)
        team = self.sally.sale_team_id
        self.assertTrue(team.user_id)
        orphan = self._create_reachable("Orphan", user_id=False)
        for customer, user in ((self.customer, team.user_id), (orphan, self.rita)):
            self.env.flush_all()
            rows = self.env.execute_query(
                SQL(
                    "SELECT %s FROM res_partner AS customer WHERE id = %s",
                    rule._get_executor_sql(),
                    customer.id,
                )
            )
            self.assertEqual(rows, [(user.id,)])
