from functools import partial

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common.value import ValueCommon


@tagged("post_install", "-at_install")
class TestValueCurve(ValueCommon, HttpCase):
    """SE-11: how few customers bring how much."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = cls.env["crm.customer.value"]
        cls.env.cr.execute("DELETE FROM crm_customer_value")
        values.invalidate_model()
        cls.customer.name = "Tour Trading"
        cls._refresh_of(cls.customer)

    @classmethod
    def _refresh_of(cls, customers):
        cls.env["crm.customer.value"]._refresh(customers.ids)

    def _set_values(self, *amounts):
        """Let so many customers be worth these amounts, besides the first, nothing."""
        customers = self._create_customers(len(amounts), is_company=True)
        self._create_orders([(customer, 1, 5) for customer in customers])
        self._refresh(customers)
        self._refresh_of(customers)
        self._write(self.customer, 0)
        for customer, amount in zip(customers, amounts, strict=True):
            self._write(customer, amount)
        return customers

    def _write(self, customer, amount):
        self._get_value(customer).sudo().write({"value_12_months": amount})

    def test_the_first_fifth_and_what_it_brings(self):
        self._set_values(700, 100, 100, 60, 20, 10, 10, 0, -50)
        curve = self.env["crm.customer.value"].get_curve()
        self.assertEqual((curve["customers"], curve["few"]), (10, 3))
        self.assertAlmostEqual(curve["share"], 0.9)
        self.assertEqual(curve["least"], 100)
        self.assertEqual(curve["points"][0], [0, 0])
        self.assertEqual(curve["points"][-1], [1, 1])
        shares = [y for _x, y in curve["points"]]
        self.assertEqual(shares, sorted(shares))

    def test_what_opens_is_what_was_counted(self):
        self._set_values(700, 100, 100, 60)
        values = self.env["crm.customer.value"]
        curve = values.get_curve()
        action = values.action_view_few("value_12_months", curve["least"])
        self.assertEqual(values.search_count(action["domain"]), curve["few"])

    def test_what_opens_is_what_was_counted_in_several_currencies(self):
        currency = self.env["res.currency"].create({"name": "XTS", "symbol": "X"})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2020-01-01", "rate": 0.1}
        )
        far = self.env["res.company"].create(
            {"name": "Far", "currency_id": currency.id}
        )
        self._set_values(400, 300, 200, 100)
        rich = self._create_customer("Rich")
        rich.relation_company_id = far
        self._order_on(rich, 30)
        self._write(rich, 60)  # 600 in the currency of the default company
        values = self.env["crm.customer.value"]
        curve = values.get_curve()
        found = values.search(
            values.action_view_few("value_12_months", curve["least"])["domain"]
        )
        self.assertEqual(len(found), curve["few"])
        self.assertIn(rich, found.partner_id)

    def test_one_customer_in_all_is_the_whole(self):
        curve = self.env["crm.customer.value"].get_curve("lifetime_value")
        self.assertEqual((curve["customers"], curve["few"], curve["share"]), (1, 1, 1))

    def test_without_any_value_nothing_is_drawn(self):
        self._write(self.customer, 0)
        curve = self.env["crm.customer.value"].get_curve()
        self.assertEqual(curve, {"points": [], "customers": 1})
        self.env.cr.execute("DELETE FROM crm_customer_value")
        self.env.invalidate_all()
        curve = self.env["crm.customer.value"].get_curve("nonsense")
        self.assertEqual(curve, {"points": [], "customers": 0})

    def test_only_what_one_reads_is_counted(self):
        outsider = new_test_user(self.env, "outsider", groups="base.group_user")
        values = self.env["crm.customer.value"]
        with self.assertRaises(AccessError):
            values.with_user(outsider).get_curve()
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.company_id = other
        self._refresh_of(self.customer)
        curve = values.with_user(self.rita).get_curve()
        self.assertEqual(curve["customers"], 0)

    def test_manager_opens_the_curve_and_why(self):
        self.start_tour("/odoo", "crm_relations_value", login="rita")

    def test_customers_without_value_are_counted_all_the_same(self):
        values = self.env["crm.customer.value"]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_customer_value SET value_12_months = 0, lifetime_value = 0"
        )
        self.env.invalidate_all()
        domain = [("customer_active", "=", True), ("basis", "!=", False)]
        curve = values.get_curve()
        self.assertFalse(curve["points"])
        self.assertEqual(curve["customers"], values.search_count(domain))
        self.assertTrue(curve["customers"])

    def test_a_list_of_many_reads_as_little_as_that_of_few(self):
        customers = self._create_customers(12, is_company=True)
        self._create_orders([(one, 10, days) for one in customers for days in (60, 5)])
        self._refresh(customers)
        self._refresh_of(customers)
        values = self.env["crm.customer.value"].search([])
        for records, names in (
            (values, ["low", "high", "reason"]),
            (customers, ["value_told", "value_reason"]),
        ):
            for name in names:
                few, many = (
                    self._count_statements(partial(some.read, [name]), unread=True)
                    for some in (records[:2], records)
                )
                with self.subTest(name):
                    self.assertLessEqual(many, few)
