from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common.callback import CallbackCommon

NOW = fields.Datetime.to_datetime("2026-03-03 10:00:00")  # a Tuesday


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackOutcomes(CallbackCommon):
    """What an attempt leaves behind, and when the next one comes."""

    def test_an_outcome_that_was_archived_is_none(self):
        call = self._create_call()
        self._get_outcome("busy").active = False
        with self.assertRefused("Choose an outcome"):
            self._record(call, "busy")

    def test_the_length_of_a_call_is_kept_within_a_day(self):
        for seconds, kept, minutes in (
            (-5, 0, 0),
            (60, 60, 1),
            (61, 61, 2),
            (86400, 86400, 1440),
            (86401, 86400, 1440),
        ):
            call = self._create_call()
            self._record(call, "complete", seconds=seconds)
            attempt = call.attempt_ids
            with self.subTest(seconds):
                self.assertEqual(attempt.seconds, kept)
                self.assertEqual(attempt.followup_id.duration_minutes, minutes)

    def test_the_contact_is_with_the_person_who_was_called(self):
        person = self._create_person(self.customer)
        person.phone = "139 0013 9000"
        person.phone_taken_by_id = self.sam
        call = self._create_call()
        self._record(call, "complete", person=person.id)
        attempt = call.attempt_ids
        self.assertRecordValues(
            attempt,
            [
                {
                    "person_id": person.id,
                    "number": "+8613900139000",
                    "number_taken_by_id": self.sam.id,
                    "partner_id": self.customer.id,
                }
            ],
        )
        self.assertEqual(attempt.followup_id.partner_id, person)
        self.assertEqual(attempt.followup_id.date, NOW)

    def test_the_next_attempt_is_told_by_the_agents_clock(self):
        self.anna.tz = "Asia/Shanghai"
        answer = self._record(self._create_call(), "no_answer")
        self.assertIn("Mar 3, 9:00", answer["message"])
        self.assertEqual(answer["next_at"], "2026-03-03 13:00:00")

    def test_a_retry_waits_by_the_working_hours_of_the_customers_company(self):
        """Three hours: 8 to 12 and 13 to 17; 18:00 in Shanghai is past them."""
        self.company.resource_calendar_id.tz = "UTC"
        other = self.env["res.company"].create({"name": "Other"})
        other.resource_calendar_id.tz = "Asia/Shanghai"
        self.anna.company_ids += other
        agent = self.anna.with_context(
            allowed_company_ids=[self.company.id, other.id]
        ).env
        for working, company, moment in (
            (False, self.company, "2026-03-03 13:00:00"),
            (True, self.company, "2026-03-03 14:00:00"),
            (True, other, "2026-03-04 03:00:00"),
        ):
            self.customer.company_id = company
            rule = self._create_rule(in_working_time=working)
            call = self._create_call(rule_id=rule.id)
            mine = call.with_env(agent).with_user(self.anna)
            mine.take()
            mine.record(self._get_outcome("no_answer").id)
            with self.subTest(working=working, company=company.name):
                self.assertEqual(fields.Datetime.to_string(call.next_at), moment)

    def test_the_limit_of_an_outcome_counts_its_own_attempts(self):
        call = self._create_call()
        for _attempt in range(4):
            self._record(call, "busy")
        self._record(call, "no_answer")  # the fifth of all, the first of its kind
        self.assertEqual((call.state, call.attempt_count), ("open", 5))

    def test_a_call_given_up_drops_the_care_it_stands_for(self):
        rule = self.env["crm.care.rule"].create({"name": "Thanks"})
        for state, ended in (
            ("done", "done"),
            ("failed", "dropped"),
            ("dropped", "dropped"),
        ):
            task = self.env["crm.care.task"].create(
                {
                    "rule_id": rule.id,
                    "partner_id": self.customer.id,
                    "occasion": state,
                    "occasion_date": NOW.date(),
                    "due_at": NOW,
                }
            )
            task._dispatch_callback({})
            self.assertEqual(task.callback_ids.deadline_at, NOW + timedelta(hours=24))
            task.callback_ids._end(state)
            self.assertEqual(task.state, ended)

    def test_care_that_comes_again_is_called_about_again_where_the_call_has_ended(self):
        """One that is still open is left as the agents have it."""
        task = self.env["crm.care.task"].create(
            {
                "rule_id": self.env["crm.care.rule"].create({"name": "Thanks"}).id,
                "partner_id": self.customer.id,
                "occasion": "test",
                "occasion_date": NOW.date(),
                "due_at": NOW,
            }
        )
        task._dispatch_callback({})
        call, hour = task.callback_ids, timedelta(hours=1)
        call.deadline_at = NOW + 3 * hour
        later = {task.id: {"deadline_at": NOW + 9 * hour}}
        task._dispatch_callback(later)
        self.assertEqual(call.deadline_at, NOW + 3 * hour)
        call._end("failed")
        task._dispatch_callback(later)
        self.assertEqual((call.state, call.deadline_at), ("open", NOW + 9 * hour))
        self.assertEqual(task.callback_ids, call)

    def test_a_call_about_care_that_is_late_is_late_at_once(self):
        rule = self.env["crm.care.rule"].create({"name": "Thanks"})
        task = self.env["crm.care.task"].create(
            {
                "rule_id": rule.id,
                "partner_id": self.customer.id,
                "person_id": self.customer.id,
                "occasion": "x",
                "occasion_date": NOW.date(),
                "due_at": NOW - timedelta(days=3),
            }
        )
        task._dispatch_callback({})
        call = task.callback_ids
        self.assertEqual((call.due_at, call.deadline_at), (NOW, NOW))
        self.assertEqual(call.occurred_at, NOW - timedelta(days=3))
        self.assertFalse(call.person_id, "the customer itself is no person there")

    def test_who_typed_a_number_is_known_until_another_one_is_typed(self):
        portal = self._create_portal_user()
        mine = self.customer.with_user(self.sally)
        mine.phone = "137 0013 7000"
        self.customer.with_user(self.max).phone = "137 0013 7000"
        self.assertEqual(self.customer.phone_taken_by_id, self.sally)
        mine.with_user(portal).sudo().phone = "136 0013 6000"
        self.assertFalse(self.customer.phone_taken_by_id)
        created = (
            self.env["res.partner"]
            .with_user(self.sally)
            .create([{"name": "With", "phone": "137 0013 7000"}, {"name": "Without"}])
        )
        takers = [partner.sudo().phone_taken_by_id for partner in created]
        self.assertEqual([user.login for user in takers], ["sally", False])

    def _create_portal_user(self):
        return self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "portal-caller",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )

    def test_a_call_open_with_who_leaves_is_free_again(self):
        call, done = self._create_call(), self._create_call(agent_id=self.ben.id)
        done._end("done")
        call.with_user(self.ben).take()
        self.ben.action_archive()
        self.assertFalse(call.reserved_by_id or call.reserved_until)
        self.assertEqual(done.with_context(active_test=False).agent_id, self.ben)

    def test_of_twin_calls_the_one_that_has_ended_stays_else_the_further_one(self):
        for state, attempts, kept in (("done", 0, 1), ("open", 2, 1), ("open", 0, 0)):
            twin = self._create_customer("Twin", phone="139 0013 9000")
            rule = self._create_rule()
            calls = self.calls
            for customer in (self.customer, twin):
                calls += self._create_call(customer, rule_id=rule.id, occasion="same")
            calls[0].attempt_count = 1 if attempts or state == "done" else 0
            calls[1].write({"state": state, "attempt_count": attempts})
            wizard = self.env["base.partner.merge.automatic.wizard"].create({})
            wizard._merge((self.customer | twin).ids, self.customer)
            with self.subTest(state=state, attempts=attempts):
                self.assertEqual(calls.exists(), calls[kept])

    def test_a_merged_customer_is_called_at_the_best_number_of_both(self):
        twin = self._create_customer("Twin", phone="139 0013 9000")
        self.customer.phone = False
        call = self._create_call()
        self.assertFalse(call.number)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | twin).ids, self.customer)
        self.assertEqual(call.number, "+8613900139000")

    def test_somebody_elses_call_is_recorded_by_nobody_else(self):
        call = self._create_call(agent_id=self.ben.id)
        with self.assertRefused("Ben has this callback", UserError):
            call.with_user(self.anna).record(self._get_outcome("busy").id)

    def test_what_became_of_a_wrong_number_is_told(self):
        records = self.env["crm.callback"]
        alone, helped = (
            self._create_call(self._create_customer(name, phone=phone))
            for name, phone in (("Alone", "13800138111"), ("Two", "13800138222"))
        )
        person = self._create_person(helped.partner_id, "Li Wei")
        person.phone = "13800138333"
        for call, words in ((alone, "there is no other one"), (helped, "Li Wei")):
            self._record(call, "wrong_number")
            self.assertIn(words, records._get_number_message(call))

    def test_who_may_take_an_outcome_back(self):
        """Of a call of the common list any agent, of another's nobody."""
        free, hers = (self._create_call() for _call in range(2))
        hers.agent_id = self.ben
        calls = (free | hers).with_user(self.anna)
        self.assertEqual(calls._filter_outcome_undoable().ids, free.ids)
        self.assertFalse(calls.with_user(self.sally)._filter_outcome_undoable())

    def test_who_wants_no_calls_gets_none_at_that_number(self):
        """Neither as another customer, hidden or not; what has ended stays as it is."""
        pool = self.env["crm.pool"].create({"name": "Hiding"})
        twin, other, hidden = (
            self._create_customer(name, phone=phone)
            for name, phone in (
                ("Twin", "138 0013 8000"),
                ("Other", "139 0013 9000"),
                ("Hidden", "138 0013 8000"),
            )
        )
        hidden.write({"user_id": False, "pool_id": pool.id})
        self.env.flush_all()
        self.env.invalidate_all()
        calls = {
            self._create_call(twin): "dropped",
            self._create_call(hidden): "dropped",
            self._create_call(other): "open",
        }
        ended = self._create_call(twin)
        ended._end("failed")
        calls[ended] = "failed"
        self.assertEqual([bool(call.number) for call in calls][:2], [True, False])
        self._record(self._create_call(), "refused_hard")
        self.assertEqual({call: call.state for call in calls}, calls)
