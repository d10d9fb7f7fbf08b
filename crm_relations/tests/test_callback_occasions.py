from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common.callback import CallbackCommon

NOW = fields.Datetime.to_datetime("2026-03-03 10:00:00")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCallbackOccasions(CallbackCommon):
    """What is an occasion to call, and what is none any more."""

    def _visit(self, moment):
        return self._create_followup(
            self.customer, date=moment, kind_id=self.visit_kind.id
        )

    def _make(self, **values):
        rule = self._create_rule(**values)
        rule._create_callbacks()
        return self.calls.search([("rule_id", "=", rule.id)])

    def test_two_visits_around_midnight_are_of_two_local_days(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self._visit("2026-03-02 15:59:59")
        self._visit("2026-03-02 16:00:00")
        rule = self._create_rule()
        for expected in (1, 1, 0):
            self.assertEqual(rule._create_callbacks(), expected)
        calls = self.calls.search([("rule_id", "=", rule.id)])
        self.assertEqual(
            sorted(calls.mapped("occasion")), ["visit-2026-03-02", "visit-2026-03-03"]
        )

    def test_an_order_of_half_a_day_before_the_visit_belongs_to_it(self):
        visit = self._create_visit(hours_ago=2)
        order = self._create_order(self.customer, 10)
        order.date_order = visit.date - timedelta(hours=12)
        self.assertFalse(self._make())
        order.date_order -= timedelta(seconds=1)
        self.assertTrue(self._make())

    def test_a_call_on_the_screen_is_not_dropped_by_an_order(self):
        self._create_visit(hours_ago=2)
        call = self._make()
        call.with_user(self.anna).take()
        self._create_order(self.customer, 10, days_ago=0)
        self.assertEqual(call.rule_id._drop_bought(), 0)
        with freeze_time(call.reserved_until + timedelta(seconds=1)):
            self.assertEqual(call.rule_id._drop_bought(), 1)
        self.assertEqual(call.state, "dropped")

    def test_after_exactly_the_days_of_rest_there_is_a_call_again(self):
        self._create_visit(hours_ago=48)
        self._make()
        self._create_visit(hours_ago=24)
        self.assertTrue(self._make(rest_days=1))

    def test_a_dropped_call_lets_nobody_rest(self):
        self._create_visit(hours_ago=2)
        self._make()._end("dropped")
        self.assertTrue(self._make(rest_days=3))

    def test_an_archived_customer_is_no_occasion(self):
        self._create_visit()
        self.customer.active = False
        both = [("active", "in", [True, False]), ("id", "=", self.customer.id)]
        self.assertFalse(self._make(domain=repr(both)))

    def test_who_was_won_back_is_not_called_as_lost(self):
        lost = self.env["crm.lost.customer"].create(
            {
                "partner_id": self.customer.id,
                "lost_on": "2026-03-01",
                "reason_id": self.env["crm.churn.reason"].search([], limit=1).id,
                "currency_id": self.company.currency_id.id,
                "registered_at": NOW,
                "competitor": "Other",
                "state": "won_back",
            }
        )
        self.assertFalse(self._make(trigger="lost"))
        lost.state = "winning"
        self.assertTrue(self._make(trigger="lost"))

    def test_a_delivery_of_this_very_second_is_an_occasion(self):
        order = self._create_order(self.customer, 10, commitment_date=NOW)
        if "effective_date" in order._fields:
            order.effective_date = NOW
        with freeze_time(NOW - timedelta(seconds=1)):
            self.assertFalse(self._make(trigger="delivery"))
        self.assertTrue(self._make(trigger="delivery"))

    def test_what_is_caught_up_begins_with_the_local_day(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        visit = self._visit("2026-02-28 15:59:59")  # still the 28th there
        self.assertFalse(self._make(catch_up_days=2))
        visit.date = "2026-02-28 16:00:00"
        self.assertTrue(self._make(catch_up_days=2))

    def test_the_silence_that_makes_a_call_is_counted_in_local_days(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self._age_ownership(self.customer, 60)
        self._create_followup(self.customer, date="2026-02-01 16:30:00")
        with freeze_time("2026-03-03 15:59:00"):  # 29 days there, 30 in UTC
            self.assertFalse(self._make(trigger="interval", interval_days=30))
        with freeze_time("2026-03-03 16:00:00"):
            self.assertTrue(self._make(trigger="interval", interval_days=30))
