from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from ..tools.sharing_out import is_sampled
from .common.callback import CallbackCommon


@tagged("post_install", "-at_install")
class TestCallbackRule(CallbackCommon):
    def _get_calls(self, rule):
        return self.calls.search([("rule_id", "=", rule.id)])

    def test_a_visit_without_purchase_is_called_within_48_hours(self):
        """CB-1"""
        visit = self._create_visit()
        rule = self._create_rule(due_from_hours=2)
        self.assertEqual(rule._create_callbacks(), 1)
        call = self._get_calls(rule)
        self.assertEqual(call.partner_id, self.customer)
        self.assertEqual(call.due_at, visit.date + timedelta(hours=2))
        self.assertEqual(call.deadline_at, visit.date + timedelta(hours=48))
        self.assertEqual(call.number, "+8613800138000")
        self.assertIn("nothing ordered", call.reason)

    def test_a_second_run_makes_nothing_new(self):
        """CB-1: exactly once by rule, customer and occasion."""
        self._create_visit()
        rule = self._create_rule()
        rule._create_callbacks()
        self.assertEqual(rule._create_callbacks(), 0)
        self._get_calls(rule)._end("dropped")
        self.assertEqual(rule._create_callbacks(), 0)

    def test_a_visit_with_purchase_is_not_called(self):
        self._create_visit(hours_ago=20)
        self._create_order(self.customer, 10, days_ago=0)
        rule = self._create_rule()
        self.assertEqual(rule._create_callbacks(), 0)

    def test_an_order_that_comes_first_drops_the_call(self):
        self._create_visit(hours_ago=20)
        rule = self._create_rule()
        rule._create_callbacks()
        self._create_order(self.customer, 10, days_ago=0)
        self.assertEqual(rule._drop_bought(), 1)
        self.assertEqual(self._get_calls(rule).state, "dropped")

    def test_two_visits_on_one_day_are_one_call_to_who_came(self):
        person = self._create_person(self.customer)
        with freeze_time("2026-03-04 08:00:00"):
            self._create_visit(hours_ago=3)
            self._create_visit(person, hours_ago=1)
            rule = self._create_rule()
            rule.start_date = "2026-01-01"
            rule._create_callbacks()
        call = self._get_calls(rule)
        self.assertEqual(call.person_id, person)
        self.assertEqual(call.occasion, "visit-2026-03-04")

    def test_what_lies_too_far_back_is_left_out(self):
        self._create_visit(hours_ago=24 * 9)
        self.assertFalse(self._create_rule(catch_up_days=7)._create_callbacks())
        self.assertTrue(self._create_rule(catch_up_days=10)._create_callbacks())

    def test_what_was_before_the_start_is_left_out(self):
        self._create_visit(hours_ago=50)
        rule = self._create_rule(start_date=fields.Date.today())
        self.assertFalse(rule._create_callbacks())

    def test_after_the_delivery_that_was_promised(self):
        """CB-1"""
        order = self._create_order(self.customer, 10, days_ago=9)
        rule = self._create_rule(trigger="delivery")
        self.assertFalse(rule._create_callbacks())
        order.commitment_date = fields.Datetime.now() + timedelta(days=1)
        self.assertFalse(rule._create_callbacks())
        order.commitment_date = fields.Datetime.now() - timedelta(hours=5)
        self.assertEqual(rule._create_callbacks(), 1)
        self.assertIn(order.name, self._get_calls(rule).reason)

    def test_the_callback_interval_of_the_tier_again_and_again(self):
        """CB-1, SE-1: however often the salesperson is in touch."""
        self.tier_a.contact_interval_days = 7
        self.tier_a.callback_interval_days = 30
        self.customer.tier_id = self.tier_a
        self._age_ownership(self.customer, 30)
        self._create_followup(self.customer, days_ago=1)
        rule = self._create_rule(trigger="interval")
        self.assertEqual(rule._create_callbacks(), 1)
        self.assertEqual(rule._create_callbacks(), 0)
        call = self._get_calls(rule)
        self.assertIn("Not called back for 30 days", call.reason)
        with freeze_time(fields.Datetime.now() + timedelta(days=10)):
            call._end("done")
        with freeze_time(fields.Datetime.now() + timedelta(days=39)):
            self.assertEqual(rule._create_callbacks(), 0)
        with freeze_time(fields.Datetime.now() + timedelta(days=40)):
            self.assertEqual(rule._create_callbacks(), 1)
        self.assertEqual(len(self._get_calls(rule)), 2)

    def test_a_tier_without_callback_interval_is_not_called_by_its_contact_interval(
        self,
    ):
        self.tier_a.contact_interval_days = 7
        self.tier_a.callback_interval_days = 0
        self.customer.tier_id = self.tier_a
        self._age_ownership(self.customer, 90)
        rule = self._create_rule(trigger="interval")
        self.assertEqual(rule._create_callbacks(), 0)

    def test_silence_below_the_interval_is_no_occasion(self):
        self._age_ownership(self.customer, 60)
        self._create_followup(self.customer, days_ago=29)
        rule = self._create_rule(trigger="interval", interval_days=30)
        self.assertFalse(rule._create_callbacks())
        rule.interval_days = 29
        self.assertTrue(rule._create_callbacks())

    def test_dormant_and_lost_customers_count_from_the_start_of_the_rule(self):
        """CB-1"""
        today = fields.Date.today()
        self.customer.write(
            {"lifecycle": "dormant", "lifecycle_since": today - timedelta(days=900)}
        )
        rule = self._create_rule(trigger="dormant", start_date=today)
        self.assertEqual(rule._create_callbacks(), 1)
        call = self._get_calls(rule)
        self.assertGreater(call.deadline_at, fields.Datetime.now())
        self.env["crm.lost.customer"].create(
            {
                "partner_id": self.customer.id,
                "lost_on": today,
                "reason_id": self.env["crm.churn.reason"].search([], limit=1).id,
                "currency_id": self.company.currency_id.id,
                "registered_at": fields.Datetime.now(),
                "competitor": "Other",
            }
        )
        lost = self._create_rule(trigger="lost")
        self.assertEqual(lost._create_callbacks(), 1)

    def test_the_addon_of_complaints_gives_its_occasions(self):
        rule = self._create_rule(trigger="complaint")
        self.assertEqual(rule._create_callbacks(), 0)

    def test_a_sample_is_the_same_in_every_run(self):
        """CB-1: samples in percent."""
        customers = self.env["res.partner"].create(
            [{"name": f"S{n}", "is_managed_customer": True} for n in range(60)]
        )
        customers.write(
            {"lifecycle": "dormant", "lifecycle_since": fields.Date.today()}
        )
        rule = self._create_rule(
            trigger="dormant", sample_percent=35, domain=self._only(customers)
        )
        occasion = f"dormant-{fields.Date.today()}"
        expected = customers.filtered(
            lambda one: is_sampled(f"{rule.id}-{one.id}-{occasion}", 35)
        )
        self.assertEqual(rule.preview()["count"], len(expected))
        rule._create_callbacks()
        self.assertEqual(self._get_calls(rule).partner_id, expected)
        self.assertTrue(0 < len(expected) < 60)
        self.assertEqual(rule._create_callbacks(), 0)

    def test_nobody_is_called_twice_within_the_days_of_rest(self):
        self._create_visit(hours_ago=30)
        first = self._create_rule()
        first._create_callbacks()
        self._create_visit(hours_ago=1)
        self.assertFalse(self._create_rule(rest_days=3)._create_callbacks())
        self.assertTrue(self._create_rule(rest_days=1)._create_callbacks())

    def test_working_time_leaves_out_the_weekend(self):
        calendar = self.company.resource_calendar_id
        calendar.tz = "UTC"
        with freeze_time("2026-03-06 16:30:00"):  # a Friday
            self._create_visit(hours_ago=0)
        with freeze_time("2026-03-06 17:30:00"):
            rule = self._create_rule(
                in_working_time=True,
                due_from_hours=8,
                due_until_hours=16,
                start_date="2026-01-01",
            )
            rule._create_callbacks()
        call = self._get_calls(rule)
        planned = calendar.plan_minutes(call.occurred_at, 8 * 60)
        self.assertEqual(call.due_at, planned)
        self.assertGreaterEqual(call.due_at.isoformat(), "2026-03-09")

    def test_calls_go_in_turn_to_who_has_the_fewest(self):
        """CB-1: round robin by load."""
        others = self.anna | self.ben
        customers = self.env["res.partner"].create(
            [
                {"name": f"L{n}", "is_managed_customer": True, "lifecycle": "dormant"}
                for n in range(5)
            ]
        )
        customers.lifecycle_since = fields.Date.today()
        self._create_call(agent_id=self.anna.id)
        rule = self._create_rule(
            trigger="dormant",
            assignment="load",
            agent_ids=others.ids,
            domain=self._only(customers),
        )
        rule._create_callbacks()
        agents = self._get_calls(rule).mapped(lambda call: call.agent_id.login)
        self.assertEqual(agents.count("anna"), 2)
        self.assertEqual(agents.count("ben"), 3)

    def test_who_wants_no_calls_gets_none(self):
        self._create_visit()
        self.customer.care_call_opt_out = True
        self.assertFalse(self._create_rule()._create_callbacks())

    def test_a_customer_of_another_company_is_for_its_rules(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.company_id = other
        self._create_visit()
        self.assertFalse(
            self._create_rule(company_id=self.company.id)._create_callbacks()
        )
        rule = self._create_rule(company_id=other.id)
        self.assertTrue(rule._create_callbacks())
        self.assertEqual(self._get_calls(rule).company_id, other)

    def test_preview_writes_nothing_and_is_for_relations_managers(self):
        self._create_visit()
        rule = self._create_rule(start_date=fields.Date.today() - timedelta(days=2))
        preview = rule.with_user(self.rita).preview()
        self.assertEqual(preview["count"], 1)
        self.assertEqual(preview["rows"][0]["old"], "Trading")
        self.assertFalse(self._get_calls(rule))
        with self.assertRaises(AccessError):
            rule.with_user(self.anna).preview()

    def test_the_number_of_statements_does_not_grow_with_the_customers(self):
        def make(count):
            customers = self.env["res.partner"].create(
                [
                    {"name": "N", "is_managed_customer": True, "lifecycle": "dormant"}
                    for _n in range(count)
                ]
            )
            customers.lifecycle_since = fields.Date.today()
            rule = self._create_rule(trigger="dormant", domain=self._only(customers))
            self.env.flush_all()
            return rule

        few, many = make(2), make(50)
        make(1)._create_callbacks()
        self.assertEqual(
            self._count_statements(few._create_callbacks),
            self._count_statements(many._create_callbacks),
        )

    def test_bad_input_is_refused_at_its_field(self):
        for values, message in (
            ({"due_from_hours": 48, "due_until_hours": 48}, "within more hours"),
            ({"due_from_hours": -1}, "within more hours"),
            ({"sample_percent": 0}, "more than 0"),
            ({"sample_percent": 101}, "more than 0"),
            ({"call_from": 20, "call_until": 9}, "hour of the day"),
            ({"attempt_limit": 0}, "limit of attempts"),
            ({"rest_days": -1}, "number of days"),
            ({"agent_ids": [self.sally.id]}, "no callback agent"),
            ({"domain": "[('nothing', '=', 1)]"}, "cannot be read"),
        ):
            with self.subTest(values), self.assertRefused(message):
                with self.env.cr.savepoint():
                    self._create_rule(**values)

    def test_a_rule_that_has_been_used_is_archived_not_deleted(self):
        self._create_visit()
        rule = self._create_rule()
        rule._create_callbacks()
        with self.assertRaises(ValidationError):
            rule.unlink()
        self._create_rule().unlink()
