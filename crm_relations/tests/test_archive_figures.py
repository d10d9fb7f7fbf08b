from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestArchiveFigures(RelationsCommon):
    """AR-3: sales performance from orders, never typed."""

    def test_orders_of_contacts_count_for_the_customer(self):
        customer = self._create_customer()
        person = self._create_person(customer)
        self._create_order(customer, 100, days_ago=400)
        self._create_order(person, 30, days_ago=10)
        self.env["res.partner"]._refresh_sales_figures()
        today = self.company._get_relations_today()
        self.assertRecordValues(
            customer,
            [
                {
                    "confirmed_order_count": 2,
                    "sales_total": 130,
                    "sales_12_months": 30,
                    "first_order_on": today - timedelta(days=400),
                    "last_order_on": today - timedelta(days=10),
                }
            ],
        )

    def test_confirming_and_cancelling_count_at_once(self):
        customer = self._create_customer()
        order = self._create_order(customer, 50, confirm=False)
        self.assertEqual(customer.confirmed_order_count, 0)
        order.action_confirm()
        self.env["res.partner"]._follow_purchases()
        self.assertEqual(customer.sales_total, 50)
        order._action_cancel()
        self.env["res.partner"]._follow_purchases()
        self.assertEqual(customer.sales_total, 0)
        self.assertFalse(customer.last_order_on)

    def test_orders_in_another_currency_count_at_their_own_rate(self):
        euro = self.env.ref("base.EUR")
        if euro == self.company.currency_id:
            euro = self.env.ref("base.USD")
        euro.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "company_id": self.company.id,
                "name": fields.Date.today() - timedelta(days=30),
                "rate": 0.5,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": euro.id}
        )
        customer = self._create_customer()
        order = self._create_order(
            customer, 100, confirm=False, pricelist_id=pricelist.id
        )
        order.order_line.price_unit = 100
        order.action_confirm()
        self.env["res.partner"]._follow_purchases()
        self.assertEqual(order.currency_id, euro)
        self.assertEqual(customer.sales_total, 200)

    def test_orders_of_another_company_count_at_todays_rate(self):
        """SE-2: a shared customer buys from two companies with two currencies."""
        foreign = self.env["res.currency"].create(
            {"name": "ZZZ", "symbol": "Z", "rounding": 0.01}
        )
        self.env["res.currency.rate"].create(
            {
                "currency_id": foreign.id,
                "company_id": self.company.id,
                "name": fields.Date.today() - timedelta(days=30),
                "rate": 4,
            }
        )
        other = self.env["res.company"].create(
            {"name": "Other", "currency_id": foreign.id}
        )
        customer = self._create_customer()
        self._create_order(customer, 100)
        self._create_order(customer, 80, company_id=other.id)
        self.env["res.partner"]._refresh_sales_figures()
        self.assertEqual(customer.sales_total, 120)
        customer.relation_company_id = other
        self.env["res.partner"]._refresh_sales_figures()
        self.assertEqual(customer.sales_total, 480)

    def test_open_quotations_are_counted_in_one_query_for_all(self):
        """AR-4"""
        customers = self._create_customer("One") | self._create_customer("Two")
        for customer, amount in zip(customers, (10, 20), strict=True):
            self._create_order(customer, amount, confirm=False)
        self.assertEqual(customers.mapped("open_quotation_count"), [1, 1])
        self.assertEqual(customers.mapped("open_quotation_amount"), [10, 20])

    def test_every_measure_of_our_pivots_can_be_added_up(self):
        """AR-11: the client refuses a measure without aggregator."""
        figures = self.env["res.partner"].fields_get(
            ["sales_12_months", "archive_rate"], ["aggregator"]
        )
        self.assertEqual(figures["sales_12_months"]["aggregator"], "sum")
        self.assertEqual(figures["archive_rate"]["aggregator"], "avg")

    def test_second_refresh_changes_nothing(self):
        customer = self._create_customer()
        self._create_order(customer, 10)
        self.env["res.partner"]._refresh_sales_figures()
        self.assertEqual(self.env["res.partner"]._refresh_sales_figures(), 0)

    def test_salesperson_sees_figures_of_orders_that_are_not_hers(self):
        """AR-3: the total of the customer, whoever sold."""
        customer = self._create_customer(user_id=self.sally.id)
        self._create_order(customer, 70, user_id=self.sam.id)
        mine = customer.with_user(self.sally)
        self.env["res.partner"]._refresh_sales_figures()
        self.assertEqual(mine.sales_total, 70)
        self.assertEqual(mine.sales_this_year + mine.sales_last_year, 70)
        self.assertEqual(mine.receivable_amount, 0)


@tagged("post_install", "-at_install")
class TestArchiveFiguresInvoiced(AccountTestInvoicingCommon):
    """AR-4: receivable and overdue from invoices; credit notes lessen sales."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for group in (
            "sales_team.group_sale_manager",
            "crm_relations.group_administrator",
        ):
            cls.env.user.group_ids += cls.env.ref(group)
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Debtor",
                "is_company": True,
                "is_managed_customer": True,
                "company_id": cls.env.company.id,
            }
        )

    def _post(self, amount, move_type="out_invoice", due_in=-5):
        today = fields.Date.today()
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": self.customer.id,
                "invoice_date": today - timedelta(days=20),
                "invoice_date_due": today + timedelta(days=due_in),
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Goods", "price_unit": amount, "tax_ids": False}
                    )
                ],
            }
        )
        move.action_post()
        return move

    def test_receivable_and_overdue(self):
        self._post(100, due_in=-5)
        self._post(40, due_in=5)
        self.assertEqual(self.customer.receivable_amount, 140)
        self.assertEqual(self.customer.overdue_amount, 100)

    def _create_order(self, amount, days_ago):
        product = self.env["product.product"].create(
            {"name": "Goods", "type": "service", "invoice_policy": "order"}
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "price_unit": amount,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        self.env["res.partner"]._follow_purchases()
        order.date_order -= timedelta(days=days_ago)
        return order

    def _refund(self, order):
        invoice = order._create_invoices()
        invoice.action_post()
        refund = invoice._reverse_moves([{"invoice_date": fields.Date.today()}])
        refund.action_post()

    def test_a_credit_note_on_an_order_lessens_its_sales(self):
        order = self._create_order(100, days_ago=3)
        self._create_order(40, days_ago=3)
        self._refund(order)
        self.env["res.partner"]._refresh_sales_figures()
        self.assertEqual(self.customer.sales_12_months, 40)
        self.assertEqual(self.customer.confirmed_order_count, 2)

    def test_a_refunded_order_stays_a_day_with_orders(self):
        """SE-10: who ordered was active, and what it lost us is the money."""
        self._create_order(100, days_ago=40)
        order = self._create_order(100, days_ago=3)
        self._refund(order)
        self.customer._refresh_sales_figures(self.customer.ids)
        self.customer._refresh_activity(self.customer.ids)
        self.assertEqual(self.customer.order_day_count, 2)
        value = self.customer._get_sales_before_silence()
        self.assertEqual(value, {self.customer.id: 100})

    def test_a_credit_note_on_a_cancelled_order_counts_as_little_as_the_order(self):
        order = self._create_order(100, days_ago=3)
        self._refund(order)
        order._action_cancel()
        self.env["res.partner"]._follow_purchases()
        self.env["res.partner"]._refresh_sales_figures()
        self.assertEqual(self.customer.sales_total, 0)

    def test_a_credit_note_without_order_is_no_lost_order(self):
        self._post(25, move_type="out_refund")
        self.env["res.partner"]._refresh_sales_figures()
        self.assertEqual(self.customer.sales_12_months, 0)

    def test_a_window_with_only_refunds_has_negative_sales_and_the_last_tier(self):
        """SE-2: negative revenue counts as none."""
        self._refund(self._create_order(100, days_ago=400))
        self.env["res.partner"]._refresh_sales_figures()
        self.assertEqual(self.customer.sales_12_months, -100)
        last = self.env.ref("crm_relations.crm_tier_c")
        scheme = self.env["crm.tier.scheme"].create(
            {
                "name": "Refunds",
                "domain": repr([("id", "=", self.customer.id)]),
                "cut_ids": [Command.create({"tier_id": last.id, "share": 100})],
            }
        )
        self.env["crm.tier.scheme"].search([("id", "!=", scheme.id)]).active = False
        scheme.run()
        self.assertEqual(self.customer.tier_id, last)
        self.assertEqual(self.customer.tier_change_ids.facts["revenue"], 0)
