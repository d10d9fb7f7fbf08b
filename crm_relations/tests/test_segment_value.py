from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..tools import order_outlook, order_value
from ..tools.activity_model import Parameters
from .common.value import GAMMA, ValueCommon


@tagged("post_install", "-at_install")
class TestValue(ValueCommon):
    """SE-11: what a customer is going to be worth."""

    def test_value_is_orders_expected_times_value_of_an_order(self):
        row = self._get_value(self.customer)
        orders = self._expect_orders(3, 30, 120)
        each = order_value.expected_value(order_value.Parameters(**GAMMA), 3, 100)
        self.assertAlmostEqual(row.expected_orders, orders, delta=orders / 100)
        self.assertAlmostEqual(row.order_value, each, places=2)
        self.assertAlmostEqual(
            row.value_12_months, orders * each, delta=orders * each / 100
        )
        self.assertEqual(row.basis, "model")
        self.assertEqual(row.order_days, 4)
        self.assertEqual((row.sales, row.repeat_sales), (400, 300))
        self.assertEqual(self.customer.value_12_months, row.value_12_months)
        action = row.with_user(self.sally).action_view_customer()
        view = self.env.ref("crm_relations.crm_customer_view_form")
        self.assertIn((view.id, "form"), action["views"])

    def test_the_first_order_says_nothing_about_the_value_of_the_others(self):
        dear = self._create_customer("Dear")
        self._order_on(dear, 120, amount=90000)
        self._order_on(dear, 90, 60, 30)
        self.assertEqual(
            self._get_value(dear).order_value,
            self._get_value(self.customer).order_value,
        )

    def test_after_one_order_the_average_of_all_counts(self):
        single = self._create_customer("Single")
        self._order_on(single, 10, amount=5000)
        row = self._get_value(single)
        p, q, gamma = GAMMA.values()
        self.assertAlmostEqual(row.order_value, p * gamma / (q - 1), places=2)
        self.assertIn("on a single day", row.reason["sentence"])

    def test_lifetime_is_discounted_over_the_horizon(self):
        row = self._get_value(self.customer)
        history = (3, 90 / 7, 120 / 7)
        orders = order_outlook.discounted_orders(self.activity, *history, 5, 0.1)
        self.assertAlmostEqual(
            row.lifetime_value / (orders * row.order_value), 1, delta=0.006
        )
        self._set("value_horizon_years", 1)
        self._set("value_discount_percent", 0)
        self._refresh_values()
        self.assertEqual(row.lifetime_value, row.value_12_months)

    def test_a_customer_without_orders_has_no_value(self):
        nobody = self._create_customer("Nobody")
        self._refresh_values()
        self.assertFalse(self._get_value(nobody))
        self.assertEqual(nobody.value_12_months, 0)
        self.assertFalse(nobody.value_reason)
        self.assertFalse(nobody.action_view_value())

    def test_first_purchase_today(self):
        new = self._create_customer("New")
        self._order_on(new, 0)
        row = self._get_value(new)
        self.assertAlmostEqual(
            row.expected_orders, self._expect_orders(0, 0, 0), places=2
        )

    def test_an_order_to_come_is_no_negative_age(self):
        self._order_on(self.customer, -5)
        row = self._get_value(self.customer)
        orders = order_outlook.expected_orders(
            self.activity, 4, 125 / 7, 125 / 7, order_outlook.WEEKS_A_YEAR
        )
        self.assertAlmostEqual(row.expected_orders / orders, 1, delta=0.006)

    def test_orders_of_one_day_are_one_of_their_sum(self):
        twice = self._create_customer("Twice")
        self._order_on(twice, 120, 90, 60, 30)
        self._order_on(twice, 30, amount=50)
        row = self._get_value(twice)
        self.assertEqual((row.order_days, row.repeat_sales), (4, 350))

    def test_time_alone_lowers_the_value(self):
        before = self._get_value(self.customer).value_12_months
        with freeze_time(fields.Datetime.now() + timedelta(days=60)):
            self._refresh_values()
            self.assertLess(self._get_value(self.customer).value_12_months, before)

    def test_a_second_night_writes_nobody(self):
        values = self.env["crm.customer.value"]
        values._refresh()
        self.assertEqual(values._refresh(), 0)

    def test_without_a_value_model_the_average_of_all_orders_stands(self):
        self.value_model.write(dict.fromkeys(GAMMA, 0))
        other = self._create_customer("Other")
        self._order_on(other, 50, amount=700)
        self._refresh_values()
        self.env["crm.customer.value"]._refresh()
        row = self._get_value(other)
        self.assertEqual(row.basis, "average_value")
        self.assertEqual(row.order_value, self.value_model.average_order_value)
        self.assertGreater(row.order_value, 100)
        self.assertIn("stands for it", row.reason["sentence"])
        self.assertFalse(row.has_range)

    def test_without_any_model_each_counts_as_the_average(self):
        self.value_model.write(dict.fromkeys(GAMMA, 0))
        self.model.write(dict.fromkeys(self.activity._asdict(), 0))
        self._refresh_values()
        row = self._get_value(self.customer)
        self.assertEqual(row.basis, "average")
        self.assertAlmostEqual(row.expected_orders, 4)
        self.assertAlmostEqual(row.value_12_months, 400)
        self.assertEqual(row.lifetime_value, row.value_12_months)
        self.assertIn("too few histories", row.reason["sentence"])

    def test_the_only_customer_of_a_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        only = self._create_customer("Only", relation_company_id=other.id)
        self._order_on(only, 20, 10)
        self._refresh_values()
        row = self._get_value(only)
        self.assertEqual(row.basis, "average")
        self.assertEqual(row.currency_id, other.currency_id)
        self.assertEqual(row.value_12_months, 200)

    def test_parameters_of_another_measure_are_not_used(self):
        self._set("value_measure", "margin")
        self._refresh_values()
        self.assertEqual(self._get_value(self.customer).basis, "average_value")
        self.assertIn("another measure", self.value_model.notice)

    def test_parameters_of_another_currency_are_not_used(self):
        self.value_model.sudo().currency_id = self.env["res.currency"].create(
            {"name": "XYZ", "symbol": "x"}
        )
        self._refresh_values()
        self.assertEqual(self._get_value(self.customer).basis, "average_value")

    def test_the_range_holds_the_share_it_promises(self):
        row = self._get_value(self.customer)
        self.assertTrue(row.has_range)
        self.assertLess(row.low, row.value_12_months)
        self.assertGreater(row.high, row.value_12_months)
        why = row.reason
        self.assertIn("four bring between", why["sentence"])
        self.assertEqual(why["rule"]["id"], self.value_model.id)

    def test_as_many_statements_for_many_customers_as_for_one(self):
        others = self._create_customers(5, is_company=True)
        self._create_orders([(other, 10, 20) for other in others])
        self._refresh(others)
        values = self.env["crm.customer.value"]
        values._refresh(others.ids)
        one = self._count_statements(lambda: values._refresh(others[0].ids))
        many = self._count_statements(lambda: values._refresh(others.ids))
        self.assertEqual(one, many)

    def test_a_page_of_values_takes_as_many_statements_as_one(self):
        others = self._create_customers(5, is_company=True)
        self._create_orders([(other, 10, 20) for other in others])
        self._refresh(others)
        self.env["crm.customer.value"]._refresh(others.ids)

        def read(partners):
            self.env.invalidate_all()
            partners.read(["value_12_months", "lifetime_value"])

        read(others)
        one = self._count_statements(lambda: read(others[0]))
        many = self._count_statements(lambda: read(others))
        self.assertEqual(one, many)

    def test_customers_are_found_by_their_value(self):
        value = self.customer.value_12_months
        partners = self.env["res.partner"]
        for operator, bound, found in [
            (">", value - 1, True),
            (">", value, False),
            (">=", value, True),
            ("<", value, False),
            ("<=", value, True),
        ]:
            with self.subTest(operator=operator):
                domain = [
                    ("id", "=", self.customer.id),
                    ("value_12_months", operator, bound),
                ]
                self.assertEqual(bool(partners.search(domain)), found)

    def test_nobody_types_a_value(self):
        row = self._get_value(self.customer)
        for user in (self.sally, self.rita, self.adam):
            with self.subTest(user.login), self.assertRaises(AccessError):
                row.with_user(user).write({"value_12_months": 1})
            with self.subTest(user.login), self.assertRaises(AccessError):
                row.with_user(user).unlink()
        self.assertEqual(row.with_user(self.sally).value_12_months, row.value_12_months)

    def test_merged_customers_have_one_value(self):
        other = self._create_customer("Same", user_id=self.sally.id)
        self._order_on(other, 15, amount=400)
        self._refresh_values()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | other).ids, self.customer, extra_checks=False
        )
        row = self._get_value(self.customer)
        self.assertEqual((row.order_days, row.sales), (5, 800))

    def test_who_is_no_customer_any_more_has_no_value(self):
        self.customer.is_managed_customer = False
        self.env["crm.customer.value"]._drop_strangers()
        self.assertFalse(self._get_value(self.customer))

    def test_who_has_cancelled_the_only_order_has_no_value(self):
        alone = self._create_customer("Alone")
        order = self._order_on(alone, 5)
        order._action_cancel()
        self._refresh(alone)
        alone.with_user(self.rita).action_refresh_segments()
        self.assertFalse(self._get_value(alone))

    def test_a_customer_who_becomes_a_contact_has_no_value_of_its_own(self):
        head = self._create_customer("Head", user_id=self.sally.id)
        self.customer.write({"parent_id": head.id, "is_company": False})
        self.env.flush_all()
        self._refresh_values()
        self.assertFalse(self._get_value(self.customer))
        self.assertEqual(self._get_value(head).order_days, 4)

    def _expect_orders(self, x, last_days_ago, first_days_ago):
        weeks = (first_days_ago - last_days_ago) / 7, first_days_ago / 7
        return order_outlook.expected_orders(
            Parameters(*self.activity), x, *weeks, order_outlook.WEEKS_A_YEAR
        )
