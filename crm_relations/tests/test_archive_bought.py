from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestArchiveBought(RelationsCommon):
    """AR-3: whatever changes what a customer has bought, its figures follow with it and
    do not wait for the night."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer, cls.other = (
            cls._create_customer(name) for name in ("Buyer", "Other")
        )
        cls.order = cls._create_order(cls.customer, 1000)

    def assertSales(self, *sales):
        self.env.flush_all()
        self.env["res.partner"]._follow_purchases()
        self.env.invalidate_all()
        found = (self.customer.sales_12_months, self.other.sales_12_months)
        self.assertEqual(found, sales)

    def test_lines_of_a_confirmed_order(self):
        self.assertSales(1000, 0)
        line = self.order.order_line
        for vals, sales in (
            ({"price_unit": 800}, 800),
            ({"discount": 50}, 400),
            ({"product_uom_qty": 2}, 800),
            ({"product_uom_qty": 0}, 0),
        ):
            with self.subTest(vals):
                line.write(vals)
                self.assertSales(sales, 0)
        more = {"product_id": self.product.id, "price_unit": 70}
        self.order.order_line = [Command.create(more)]
        self.assertSales(70, 0)
        self.order.order_line = [Command.create(more | {"price_unit": -20})]
        self.assertSales(50, 0)

    def test_a_form_that_is_not_saved_changes_nothing(self):
        self.env["res.partner"]._follow_purchases()
        form = Form(self.order)
        with form.order_line.edit(0) as line:
            line.price_unit = 5
        self.assertSales(1000, 0)
        form.save()
        self.assertSales(5, 0)

    def test_a_quotation_that_changes_counts_nothing(self):
        quotation = self._create_order(self.other, 50, confirm=False)
        quotation.order_line.price_unit = 60
        self.assertSales(1000, 0)

    def test_a_contact_who_goes_to_another_customer_takes_the_orders_along(self):
        person = self._create_person(self.customer)
        self._create_order(person, 300)
        self.assertSales(1300, 0)
        person.parent_id = self.other
        self.assertSales(1000, 300)
        person.parent_id = False
        self.assertSales(1000, 0)
        person.parent_id = self.customer
        self.assertSales(1300, 0)

    def test_a_contact_who_becomes_a_company_of_its_own(self):
        person = self._create_person(self.customer)
        self._create_order(person, 300)
        person.is_company = True
        self.assertSales(1000, 0)

    def test_another_buyer(self):
        self.order.partner_id = self.other
        self.assertSales(0, 1000)
