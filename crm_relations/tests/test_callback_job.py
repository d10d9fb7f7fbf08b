from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..tools.sharing_out import is_sampled
from .common.callback import CallbackCommon

NOW = fields.Datetime.to_datetime("2026-03-03 10:00:00")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackJob(CallbackCommon):
    """Which calls the job makes, for whom and when, at the edges of its rules."""

    def _run_job(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_callback").method_direct_trigger()
        self.env.invalidate_all()

    def _get_calls(self, rule):
        return self.calls.search([("rule_id", "=", rule.id)])

    def _make(self, **values):
        rule = self._create_rule(**values)
        rule._create_callbacks()
        return self._get_calls(rule)

    def _let_sleep(self, customers, **values):
        customers.write({"lifecycle": "dormant", "lifecycle_since": NOW.date()})
        return {"trigger": "dormant", "domain": self._only(customers), **values}

    def test_a_rule_that_begins_tomorrow_shows_its_calls_and_makes_none(self):
        sleeping = self._let_sleep(self.customer)
        rule = self._create_rule(start_date="2026-03-04", **sleeping)
        self.assertEqual(rule.preview()["count"], 1)
        self._run_job()
        self.assertFalse(self._get_calls(rule))
        with freeze_time("2026-03-04 10:00:00"):
            self._run_job()
        self.assertTrue(self._get_calls(rule))

    def test_a_preview_looks_before_the_start_of_the_rule(self):
        self._create_visit(hours_ago=30)
        rule = self._create_rule(start_date="2026-03-03")
        self.assertEqual(rule.preview()["count"], 1)
        self.assertFalse(rule._create_callbacks())

    def test_the_job_drops_what_was_bought_and_takes_from_who_left_the_group(self):
        visit, other = self._create_rule(), self._create_rule(trigger="delivery")
        bought, mine = (
            self._create_call(rule_id=rule.id, agent_id=self.anna.id)
            for rule in (visit, other)
        )
        bought.occurred_at = NOW - timedelta(hours=5)
        self._create_order(self.customer, 10, days_ago=0)
        self.anna.group_ids -= self.env.ref("crm_relations.group_callback_agent")
        self._run_job()
        self.assertEqual((bought.state, mine.state), ("dropped", "open"))
        self.assertFalse(mine.agent_id)

    def test_the_load_of_an_agent_is_what_is_still_to_be_called(self):
        for _call in range(3):
            self._create_call(agent_id=self.anna.id)._end("done")
        self._create_call(agent_id=self.ben.id)
        agents = (self.anna | self.ben).ids
        sleeping = self._let_sleep(self.customer, assignment="load", agent_ids=agents)
        self.assertEqual(self._make(**sleeping).agent_id, self.anna)

    def test_a_call_has_priority_and_moments_of_its_rule(self):
        self._create_visit(hours_ago=1)
        call = self._make(priority="2", due_from_hours=2, due_until_hours=5)
        self.assertRecordValues(
            call,
            [
                {
                    "priority": "2",
                    "source": "rule",
                    "due_at": NOW + timedelta(hours=1),
                    "next_at": NOW + timedelta(hours=1),
                    "deadline_at": NOW + timedelta(hours=4),
                    "deadline_on": NOW.date(),
                    "number": "+8613800138000",
                    "agent_id": False,
                }
            ],
        )

    def test_of_several_occasions_the_latest_is_called_about_first(self):
        for hours_ago in (50, 2, 26):
            self._create_visit(hours_ago=hours_ago)
        call = self._make()
        self.assertEqual(call.occurred_at, NOW - timedelta(hours=2))

    def test_a_rule_catches_up_by_the_days_of_its_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        other.resource_calendar_id.tz = "Asia/Shanghai"
        self.company.resource_calendar_id.tz = "UTC"
        self.customer.company_id = other
        self._create_followup(
            self.customer, date="2026-02-28 16:00:00", kind_id=self.visit_kind.id
        )
        theirs = {"company_id": other.id, "start_date": "2026-01-01"}
        self.assertFalse(self._make(catch_up_days=1, **theirs))
        self.assertTrue(self._make(catch_up_days=2, **theirs))

    def test_who_was_called_later_or_long_before_rests_no_more(self):
        other = self._create_rule()
        self._create_visit(hours_ago=24 * 4)
        visited = NOW - timedelta(days=4)
        for moment, rests in (
            (visited + timedelta(days=3), False),
            (visited + timedelta(days=3) - timedelta(seconds=1), True),
            (visited - timedelta(days=3), False),
            (visited - timedelta(days=3) + timedelta(seconds=1), True),
        ):
            call = self._create_call(rule_id=other.id, occurred_at=moment)
            rule = self._create_rule(rest_days=3)
            with self.subTest(moment):
                self.assertEqual(rule.preview()["count"], 0 if rests else 1)
            call.unlink()

    def test_a_rest_is_that_of_the_customer_who_was_called(self):
        twin = self._create_customer("Twin", phone="139 0013 9000")
        self._create_call(twin, occurred_at=NOW)
        self._create_visit(hours_ago=2)
        self.assertTrue(self._make(rest_days=3))

    def test_a_call_in_vain_is_no_call_back(self):
        self.tier_a.callback_interval_days = 30
        self.customer.tier_id = self.tier_a
        self._age_ownership(self.customer, 30)
        call = self._make(trigger="interval")
        with freeze_time(NOW + timedelta(days=10)):
            call._end("failed")
        with freeze_time(NOW + timedelta(days=29)):
            self.assertEqual(call.rule_id._create_callbacks(), 0)
        with freeze_time(NOW + timedelta(days=30)):
            self.assertEqual(call.rule_id._create_callbacks(), 1)

    def test_who_is_no_customer_any_more_is_not_called(self):
        self.tier_a.callback_interval_days = 30
        self.customer.tier_id = self.tier_a
        self._age_ownership(self.customer, 60)
        sleeping = self._let_sleep(self.customer)
        audience = repr([("id", "=", self.customer.id)])
        self.customer.is_managed_customer = False
        self.env.flush_all()
        for values in (sleeping, {"trigger": "interval"}, {"interval_days": 30}):
            rule = self._create_rule(**{"trigger": "interval", **values})
            rule.domain = audience
            with self.subTest(values):
                self.assertFalse(rule.preview()["count"])

    def test_an_order_of_anybody_there_ends_the_call_about_a_visit(self):
        person = self._create_person(self.customer)
        stranger = self._create_customer("Stranger")
        self._create_visit(hours_ago=20)
        self._create_order(stranger, 10, days_ago=0)
        self._create_order(self.customer, 10, days_ago=0, confirm=False)
        rule = self._create_rule()
        rule._create_callbacks()
        self.assertEqual(rule._drop_bought(), 0)
        self._create_order(person, 10, days_ago=0)
        self.assertEqual(rule._drop_bought(), 1)
        self.assertEqual(rule._drop_bought(), 0, "it has been dropped")

    def test_who_ordered_gets_the_call_about_the_delivery(self):
        person = self._create_person(self.customer)
        order = self._create_order(person, 10, commitment_date=NOW)
        if "effective_date" in order._fields:
            order.effective_date = NOW
        call = self._make(trigger="delivery")
        self.assertEqual((call.partner_id, call.person_id), (self.customer, person))

    def test_dormant_for_longer_than_the_rule_counts_from_its_start(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        sleeping = self._let_sleep(self.customer, start_date="2026-03-02")
        for since, moment in (
            ("2026-02-01", "2026-03-01 16:00:00"),
            ("2026-03-03", "2026-03-02 16:00:00"),
        ):
            self.customer.lifecycle_since = since
            with self.subTest(since):
                call = self._make(**sleeping)
                self.assertEqual(str(call.occurred_at), moment)

    def test_a_sample_of_the_database_is_that_of_the_function(self):
        """Whatever lies exactly on the share is left out by both."""
        rule = self._create_rule(sample_percent=50)
        start = f"{rule.id}-{self.customer.id}-"
        number = next(
            number
            for number in range(10**6)
            if not is_sampled(f"{start}{number}", 50)
            and is_sampled(f"{start}{number}", 50.01)
        )
        for occasion in (str(number), *map(str, range(50))):
            rows = self.env.execute_query(
                SQL(
                    "SELECT %s FROM (VALUES (%s, %s)) AS occasion"
                    " (customer_id, occasion)",
                    *(rule._get_sampled_sql(), self.customer.id, occasion),
                )
            )
            expected = is_sampled(f"{start}{occasion}", 50)
            self.assertEqual(rows, [(expected,)])
