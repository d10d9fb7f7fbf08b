from odoo.tests import tagged

from .common.next import NextCommon


@tagged("post_install", "-at_install")
class TestWhatNextWorth(NextCommon):
    """FU-11, SE-11: what is at stake is what a customer is expected to bring, where the
    company wants that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calm = cls._create_next()
        cls.other = cls._create_next("Other")
        # So that both have something at stake.
        cls._set(cls.calm | cls.other, contact_due_date=cls._day(-8))
        cls.env["crm.value.model"]._create_missing()
        cls.model = cls.env["crm.value.model"].search(
            [("company_id", "=", cls.company.id)]
        )

    def _value(self, customer, amount, basis="model"):
        values = self.env["crm.customer.value"].sudo()
        values.search([("partner_id", "=", customer.id)]).unlink()
        values.create(
            {
                "partner_id": customer.id,
                "model_id": self.model.id,
                "currency_id": self.company.currency_id.id,
                "basis": basis,
                "value_12_months": amount,
            }
        )

    def test_what_is_expected_counts_where_the_company_wants_it(self):
        self._value(self.calm, 5000)
        self.assertEqual(self._get_line(self.calm).value, self.calm.sales_12_months)
        self.company.next_by_value = True
        line = self._get_line(self.calm)
        self.assertEqual(line.value, 5000)
        self.assertIn("Expected to bring", line.reason["sentence"])

    def test_averages_say_nothing_of_a_customer(self):
        self.company.next_by_value = True
        sales = self.calm.sales_12_months
        self._value(self.calm, 5000, basis="average")
        line = self._get_line(self.calm)
        self.assertEqual(line.value, sales)
        self.assertIn("Bought for", line.reason["sentence"])
        self.assertEqual(self._get_line(self.other).value, self.other.sales_12_months)

    def test_who_brings_less_than_nothing_does_not_count_as_usual(self):
        self.company.next_by_value = True
        self.env["crm.usual.value"]._refresh()
        self._value(self.calm, -300)
        self.assertEqual(self._get_line(self.calm).value, 0.01)

    def test_what_is_quoted_speaks_for_itself_while_no_more_is_expected(self):
        self.company.next_by_value = True
        self._create_order(self.calm, 5000, days_ago=0, confirm=False)
        for amount, words in ((5001, "Expected to bring"), (5000, "Quotations for")):
            self._value(self.calm, amount)
            self.assertIn(words, self._get_line(self.calm).reason["sentence"])
