from datetime import datetime

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from .care_common import NOW, CareCommon


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

    def test_a_text_message_waits_in_the_queue(self):
        task = self._create_task(self._create_rule("sms"))
        self._dispatch()
        sms = self._get_sms()
        self.assertRecordValues(
            sms,
            [
                {
                    "body": "Thank you, Customer!",
                    "number": "+8613800138000",
                    "state": "outgoing",
                }
            ],
        )
        self.assertRecordValues(
            task,
            [{"state": "done", "recipient_id": self.customer.id, "activity_id": False}],
        )
        self.assertEqual(task.message_id, sms.mail_message_id)
        self.assertIn(task.message_id, self.customer.message_ids)
        self.env["sms.sms"].browse(sms.id).send()
        log = self.env["crm.sms.log"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(log.body, "Thank you, Customer!")

    def test_an_email_waits_in_the_queue_for_nobody_but_the_customer(self):
        self.mail_template.attachment_ids = [
            Command.create({"name": "card.txt", "raw": b"Hello"})
        ]
        task = self._create_task(self._create_rule("email"))
        self._dispatch()
        mail = self._get_mails()
        self.assertRecordValues(
            mail,
            [
                {
                    "subject": "Thanks, Customer",
                    "state": "outgoing",
                    "email_to": False,
                    "recipient_ids": self.customer.ids,
                }
            ],
        )
        self.assertEqual(mail.attachment_ids.name, "card.txt")
        self.assertIn("Thank you, Customer!", task.message_text)
        self.assertEqual(task.state, "done")
        mail.unlink()  # as Odoo does once it is sent
        self.assertTrue(task.message_id)

    def test_the_person_gets_the_message_if_it_can_be_reached(self):
        person = self._create_person(self.customer, "Ada")
        person.email = "ada@example.com"
        by_sms = self._create_task(self._create_rule("sms"), person_id=person.id)
        by_mail = self._create_task(
            self._create_rule("email", is_touch=False), person_id=person.id
        )
        self._dispatch()
        self.assertEqual(by_mail.recipient_id, person)
        self.assertEqual(by_sms.recipient_id, self.customer)  # has no number

    def test_templates_of_care_tasks_know_the_occasion(self):
        model = self.env["ir.model"]._get_id("crm.care.task")
        self.sms_template.write(
            {"model_id": model, "body": "See you on {{ object.occasion_date }}"}
        )
        self.mail_template.write(
            {
                "model_id": model,
                "subject": "{{ object.rule_id.name }}",
                "body_html": "<p t-out='object.occasion_date'/>",
            }
        )
        self._create_task(self._create_rule("sms"))
        mailed = self._create_task(self._create_rule("email", is_touch=False))
        self._dispatch()
        self.assertEqual(self._get_sms().body, "See you on 2026-05-05")
        self.assertEqual(self._get_mails().subject, "By email")
        self.assertEqual(mailed.message_id.model, "res.partner")
        self.assertEqual(mailed.message_id.res_id, self.customer.id)

    def test_a_message_speaks_the_language_of_who_gets_it(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.sms_template.with_context(lang="fr_FR").body = "Merci !"
        self.customer.lang = "fr_FR"
        self._create_task(self._create_rule("sms"))
        self._dispatch()
        self.assertEqual(self._get_sms().body, "Merci !")

    def test_callbacks_and_gifts_are_for_a_person_as_long_as_nobody_extends_them(self):
        call = self._create_task(self._create_rule("callback"))
        gift = self._create_task(self._create_rule("gift"))
        self._dispatch()
        self.assertEqual((call.state, gift.state), ("open", "open"))
        self.assertTrue(gift.activity_id)

    def test_without_number_or_address_an_activity_says_so(self):
        silent = self._create_reachable("Silent", phone="12", email="nowhere")
        by_sms = self._create_task(self._create_rule("sms"), silent)
        by_mail = self._create_task(self._create_rule("email"), silent)
        self._dispatch()
        for task, words in ((by_sms, "phone number"), (by_mail, "e-mail address")):
            self.assertRecordValues(task, [{"state": "open", "channel": "activity"}])
            self.assertIn(words, task.dispatch_reason)
            self.assertIn(words, task.activity_id.note)
            self.assertFalse(task.touch_date)

    def test_nothing_leaves_until_a_provider_is_chosen(self):
        self.company.relations_sms_provider = "none"
        task = self._create_task(self._create_rule("sms"))
        self._dispatch()
        self.assertFalse(self._get_sms())
        self.assertIn("no provider", task.dispatch_reason)
        self.assertTrue(task.activity_id)

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

    def test_a_template_that_fails_for_one_is_listed_and_the_others_go(self):
        self.sms_template.body = "{{ 100 / (object.color - 3) }} thanks"
        rule = self._create_rule("sms")
        customers = [
            self._create_reachable(f"C{number}", color=number) for number in range(7)
        ]
        tasks = [self._create_task(rule, customer) for customer in customers]
        with mute_logger("odoo.addons.mail.models.mail_render_mixin"):
            self._dispatch()
        states = [task.state for task in tasks]
        self.assertEqual(states, ["done"] * 3 + ["failed"] + ["done"] * 3)
        failed = tasks[3]
        self.assertIn("division by zero", failed.dispatch_reason)
        self.assertFalse(failed.touch_date or failed.dispatched_at)
        self.assertEqual(
            self.env["sms.sms"].search_count(
                [("partner_id", "in", [customer.id for customer in customers])]
            ),
            6,
        )
        customers[3].color = 9
        failed.with_user(self.sally).action_retry()
        self._dispatch()
        self.assertEqual(failed.state, "done")
        self.assertFalse(failed.dispatch_reason)

    def test_an_empty_message_fails_in_words(self):
        self.sms_template.body = "{{ object.function or '' }}"
        self.mail_template.body_html = "<p><t t-out='object.function'/></p>"
        tasks = self._create_task(self._create_rule("sms")) + self._create_task(
            self._create_rule("email", is_touch=False)
        )
        self._dispatch()
        for task in tasks:
            self.assertEqual(task.state, "failed")
            self.assertIn("empty", task.dispatch_reason)

    def test_a_template_that_changed_its_model_tells_nothing_of_other_records(self):
        task = self._create_task(self._create_rule("sms"))
        self.sms_template.model_id = self.env["ir.model"]._get_id("res.users")
        self._dispatch()
        self.assertEqual(task.state, "failed")
        self.assertFalse(self._get_sms())

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
                counts = []
                for number in (2, 2, 40):
                    for index in range(number):
                        customer = self._create_reachable(f"{channel}{number}{index}")
                        self._create_task(rule, customer)
                    self.env.flush_all()
                    self.env.invalidate_all()
                    counts.append(self._count_statements(self.dispatch._dispatch_batch))
                self.assertEqual(counts[2], counts[1])

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

    def test_a_message_is_no_workload_of_the_salesperson(self):
        self._create_task(self._create_rule("sms"))
        self._dispatch()
        lines = self.env["crm.workload.report"].search(
            [("user_id", "=", self.sally.id), ("activity", "=", "care")]
        )
        self.assertFalse(lines)
