from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..tools.activity_model import Parameters, probability_active
from .common.activity import CDNOW, ActivityCommon


@tagged("post_install", "-at_install")
class TestActivity(ActivityCommon):
    """SE-10: next order, overdue, probability of being active."""

    def test_the_next_order_is_expected_after_the_own_rhythm(self):
        self.assertRecordValues(
            self.customer,
            [
                {
                    "order_day_count": 4,
                    "order_interval_days": 30,
                    "next_order_expected_on": self.today,
                    "active_probability": self._get_percent(3, 30, 120),
                    "activity_model_id": self.model.id,
                }
            ],
        )
        self.assertEqual(self.customer.overdue_factor, 1)

    def test_with_few_orders_the_usual_interval_of_the_company_counts(self):
        few = self._create_customer("Few")
        self._order_on(few, 50, 10)
        self.env["res.partner"].search([]).order_interval_days = 0
        self.customer.order_interval_days = 40
        self.env["res.partner"]._refresh_usual_intervals()
        self.assertEqual(self.model.usual_interval_days, 40)
        few._refresh_activity(few.ids)
        self.assertEqual(few.next_order_expected_on, self.today + timedelta(days=30))

    def test_without_any_rhythm_a_quarter_counts(self):
        self.model.sudo().usual_interval_days = 0
        only = self._create_customer("Only")
        self._order_on(only, 10)
        self.assertEqual(only.next_order_expected_on, self.today + timedelta(days=80))

    def test_before_the_first_night_a_company_has_a_rhythm_too(self):
        """Its model of activity is made by the night; dates do not wait for it."""
        self.env["crm.activity.model"].sudo().search([]).unlink()
        only = self._create_customer("Only")
        self._order_on(only, 10)
        only._refresh_activity(only.ids)
        self.assertEqual(only.next_order_expected_on, self.today + timedelta(days=80))

    def test_orders_of_one_day_are_one(self):
        self._order_on(self.customer, 30, 30)
        self.assertEqual(self.customer.order_day_count, 4)
        self.assertEqual(
            self.customer.active_probability, self._get_percent(3, 30, 120)
        )

    def test_one_day_with_orders_leaves_nobody_doubtful(self):
        """The model cannot tell; the overdue factor does, and the reason says so."""
        single = self._create_customer("Single")
        self._order_on(single, 900)
        self.assertEqual(single.active_probability, 100)
        self.assertEqual(single.overdue_factor, 900 / 90)
        self.assertIn("cannot tell who has left", single.activity_reason["sentence"])

    def test_without_orders_nothing_is_said(self):
        nobody = self._create_customer("Nobody")
        self._refresh(nobody)
        self.assertRecordValues(
            nobody,
            [
                {
                    "next_order_expected_on": False,
                    "activity_model_id": False,
                    "activity_reason": False,
                    "overdue_factor": 0,
                }
            ],
        )

    def test_an_order_counts_at_once_and_a_cancelled_one_no_more(self):
        order = self._create_order(self.customer, 10, confirm=False)
        order.action_confirm()
        self.env["res.partner"]._follow_purchases()
        self.assertEqual(self.customer.order_day_count, 5)
        self.assertGreater(self.customer.next_order_expected_on, self.today)
        order._action_cancel()
        self.env["res.partner"]._follow_purchases()
        self.assertEqual(self.customer.next_order_expected_on, self.today)
        self.assertEqual(
            self.customer.active_probability, self._get_percent(3, 30, 120)
        )

    def test_an_order_of_a_day_to_come_is_no_negative_silence(self):
        self._order_on(self.customer, -5)
        self.assertEqual(self.customer.overdue_factor, 0)
        self.assertEqual(self.customer.active_probability, self._get_percent(4, 0, 125))

    def test_dates_beyond_the_calendar_do_not_stop_the_night(self):
        self.customer.last_order_on = "9999-12-01"
        self.customer._refresh_activity(self.customer.ids)
        self.assertEqual(
            self.customer.next_order_expected_on, fields.Date.to_date("9999-12-31")
        )
        self.assertTrue(self.customer.activity_reason)

    def test_time_alone_lowers_the_probability(self):
        before = self.customer.active_probability
        with freeze_time(fields.Datetime.now() + timedelta(days=60)):
            self.customer._refresh_activity(self.customer.ids)
            self.customer.invalidate_recordset()
            self.assertEqual(
                self.customer.active_probability, self._get_percent(3, 90, 180)
            )
            self.assertLess(self.customer.active_probability, before)
            self.assertEqual(self.customer.overdue_factor, 3)

    def test_a_second_night_writes_nobody(self):
        partners = self.env["res.partner"]
        partners._refresh_usual_intervals()
        partners._refresh_activity()
        self.assertEqual(partners._refresh_activity(), 0)

    def test_a_night_writes_only_whose_percent_changed(self):
        partners = self.env["res.partner"]
        single = self._create_customer("Single")
        self._order_on(single, 10)
        partners._refresh_activity()
        with freeze_time(fields.Datetime.now() + timedelta(days=20)):
            changed = partners._refresh_activity((self.customer | single).ids)
        self.assertEqual(changed, 1)

    def test_as_many_statements_for_many_customers_as_for_one(self):
        others = self.env["res.partner"].union(
            *(self._create_customer(f"Other {number}") for number in range(5))
        )
        for other in others:
            self._create_order(other, 10, days_ago=20)
        others._refresh_sales_figures(others.ids)
        partners = self.env["res.partner"]
        one = self._count_statements(lambda: partners._refresh_activity(others[0].ids))
        many = self._count_statements(lambda: partners._refresh_activity(others.ids))
        self.assertEqual(one, many)

    def test_a_page_of_factors_and_reasons_takes_as_many_as_one(self):
        twin = self._create_customer("Twin")
        self._order_on(twin, 50, 20)

        def read(partners):
            self.env.invalidate_all()
            partners.read(["overdue_factor", "activity_reason"])

        read(self.customer)
        one = self._count_statements(lambda: read(self.customer))
        many = self._count_statements(lambda: read(self.customer | twin))
        self.assertEqual(one, many)

    def test_without_parameters_the_probability_is_unknown(self):
        self.model.write(dict.fromkeys(CDNOW, 0))
        self._refresh(self.customer)
        self.assertFalse(self.customer.activity_model_id)
        self.assertEqual(self.customer.next_order_expected_on, self.today)
        self.assertIn("unknown", self.customer.activity_reason["sentence"])

    def test_the_badge_says_why_and_what_silence_will_do(self):
        why = self.customer.activity_reason
        self.assertIn("every 30 days", why["sentence"])
        self.assertIn("orders on 4 days", why["sentence"])
        self.assertIn("below 30 % on", why["next"])
        self.assertEqual(why["rule"]["id"], self.model.id)
        self.assertIn(["Overdue (times)", "1.0"], why["figures"])

    def test_the_announced_day_is_the_first_below_the_share(self):
        announced = self.customer.activity_reason["next"]
        day = self.today
        percent = 100.0
        while percent >= 30:
            day += timedelta(days=1)
            age = (day - self.customer.first_order_on).days
            percent = 100 * probability_active(Parameters(**CDNOW), 3, 90 / 7, age / 7)
        self.assertIn(self.env.user._tell_day(day), announced)

    def test_customers_are_found_by_how_far_they_are_overdue(self):
        late = self._create_customer("Late")
        self._order_on(late, 400, 370, 340, 310)
        never = self._create_customer("Never")
        ours = self.customer | late | never
        partners = self.env["res.partner"]
        for operator, expected in [
            (">", late),
            (">=", late | self.customer),
            ("<", partners),
            ("<=", self.customer),
        ]:
            with self.subTest(operator):
                domain = [("id", "in", ours.ids), ("overdue_factor", operator, 1)]
                self.assertEqual(partners.search(domain), expected)

    def test_each_company_judges_by_its_own_parameters(self):
        other = self.env["res.company"].create({"name": "Other"})
        model = self.env["crm.activity.model"].search([("company_id", "=", other.id)])
        self.assertEqual(len(model), 1, "A new company has its model at once.")
        shared = self._create_customer("Shared", relation_company_id=other.id)
        self._order_on(shared, 120, 90, 60, 30)
        self.assertFalse(shared.activity_model_id)
        model.write(dict(CDNOW, a=50))
        self._refresh(shared)
        self.assertEqual(shared.activity_model_id, model)
        self.assertLess(shared.active_probability, self.customer.active_probability)

    def test_nobody_types_what_is_decided(self):
        for name in ("active_probability", "next_order_expected_on", "order_day_count"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.customer.with_user(self.adam).write({name: False})

    def test_merged_customers_have_one_history(self):
        other = self._create_customer("Same", user_id=self.sally.id)
        self._order_on(other, 15)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | other).ids, self.customer, extra_checks=False
        )
        self.assertEqual(self.customer.order_day_count, 5)
        self.assertEqual(
            self.customer.active_probability, self._get_percent(4, 15, 120)
        )
