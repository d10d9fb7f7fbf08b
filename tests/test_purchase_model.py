"""AR-3, SE-2, SE-9: sales, margin, orders and returns against a plain Python model,
over random lives of orders, lived with the buttons of Odoo."""

from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from purchase_model import Line, Order, get_figures
from trials import trials

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.crm_relations.tests.common.lives import OrderLivesCommon

COST = 30
NUMBER = st.integers(0, 9)
INVOICE = st.tuples(st.just("invoice"), st.sampled_from([None, 1, 2, 3]))
CREDIT = st.tuples(st.just("credit"), NUMBER, st.sampled_from([None, 1, 2, 3]))
REPLACE = st.tuples(st.just("replace"), NUMBER, st.sampled_from([None, None, 50, 120]))
STEP = st.one_of(
    *[INVOICE, INVOICE, INVOICE, CREDIT, CREDIT, REPLACE, REPLACE],
    st.tuples(st.just("pay_down"), st.sampled_from([10, 30, 33.3])),
    st.tuples(st.just("change"), NUMBER, st.integers(0, 9)),
    st.tuples(st.just("lower_price"), NUMBER, st.sampled_from([20, 80])),
    st.tuples(st.just("cancel")),
)
LIFE = st.fixed_dictionaries(
    {
        "lines": st.lists(
            st.tuples(st.integers(1, 6), st.sampled_from([100, 33.33, 250])),
            min_size=1,
            max_size=2,
        ),
        "kind": st.sampled_from(["home", "home", "currency", "payer", "company"]),
        "gives_back": st.sampled_from([False, False, False, False, True]),
        "days_ago": st.integers(0, 60),
        "steps": st.lists(STEP, min_size=2, max_size=7),
    }
)
PART_REPLACED = {
    "lines": [(5, 100)],
    "kind": "currency",
    "gives_back": False,
    "days_ago": 9,
    "steps": [("invoice", 2), ("replace", 0, None)],
}
REST_AFTER_RETURN = PART_REPLACED | {
    "steps": [("invoice", 2), ("credit", 0, 1), ("invoice", 3)],
}


@tagged("post_install", "-at_install")
class TestPurchaseModel(OrderLivesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.customer | cls.payer).company_id = False
        cls.other = cls.setup_other_company(name="Other")["company"]
        cls.env.user.company_ids |= cls.other
        cls.currency = cls.setup_other_currency(
            "CAD",
            rates=[
                ("2020-01-01", 2),
                # What is invoiced today is invoiced at another rate than it was sold.
                (fields.Date.today(), 4),
            ],
        )
        cls.pricelist = cls.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": cls.currency.id}
        )
        cls.goods.standard_price = COST
        cls.goods.with_company(cls.other).standard_price = COST
        cls.env.flush_all()

    @settings(
        max_examples=trials(40),
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(lives=st.lists(LIFE, min_size=1, max_size=2))
    @example(lives=[PART_REPLACED])
    @example(lives=[REST_AFTER_RETURN])
    def test_sql_reads_lives_of_orders_as_the_model_does(self, lives):
        with self.env.cr.savepoint() as savepoint:
            orders = [(life, self._live(life)) for life in lives]
            self._compare([self._describe(life, order) for life, order in orders])
            savepoint.rollback()
        self.env.invalidate_all()

    def _live(self, life):
        sign = -1 if life["gives_back"] else 1
        lines = [(sign * quantity, price) for quantity, price in life["lines"]]
        values = {
            "payer": {"partner_invoice_id": self.payer.id},
            "company": {"company_id": self.other.id},
            "currency": {"pricelist_id": self.pricelist.id},
        }.get(life["kind"], {})
        order = self._create_order(*lines, days_ago=0, **values)
        for name, *arguments in life["steps"]:
            if order.state != "sale":
                break
            self._try(getattr(self, f"_step_{name}"), order, *arguments)
        order.date_order -= timedelta(days=life["days_ago"])
        return order

    def _try(self, step, *arguments):
        """Odoo refuses what cannot be done, such as an invoice of nothing."""
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                step(*arguments)
        except UserError:
            self.env.invalidate_all()

    def _step_invoice(self, order, quantity):
        sign = -1 if order.amount_untaxed < 0 else 1
        self._invoice(order, quantity and sign * quantity)

    def _step_pay_down(self, order, percent):
        self._invoice_down_payment(order, percent)

    def _step_credit(self, order, number, quantity):
        invoice = self._choose(order, number)
        if invoice:
            self._credit(invoice, quantity)

    def _step_replace(self, order, number, price):
        invoice = self._choose(order, number)
        if invoice:
            self._replace(invoice, price)

    def _step_change(self, order, number, quantity):
        goods = order.order_line.filtered("product_id")
        sign = -1 if order.amount_untaxed < 0 else 1
        goods[number % len(goods)].product_uom_qty = sign * quantity

    def _step_lower_price(self, order, number, price):
        invoice = self._choose(order, number)
        if invoice:
            self._credit(invoice, price=price)

    def _step_cancel(self, order):
        order._action_cancel()

    def _choose(self, order, number):
        invoices = order.invoice_ids.filtered(lambda move: move.state == "posted")
        return invoices.sorted("id")[number % len(invoices)] if invoices else invoices

    def _describe(self, life, order):
        order.invalidate_recordset()
        rate = 1
        if life["kind"] == "currency":
            rate = 4 if life["days_ago"] == 0 else 2
        return Order(
            customer="buyer",
            day=life["days_ago"],
            rate=rate,
            is_confirmed=order.state == "sale",
            lines=[
                Line(
                    ordered=line.product_uom_qty * line.price_unit,
                    documents=self._get_documents(line),
                    cost=line.product_uom_qty * COST if line.product_id else 0,
                )
                for line in order.order_line
                if line.product_uom_qty
            ],
        )

    def _get_documents(self, order_line):
        amounts = {}
        for line in order_line.invoice_lines.sorted("move_id"):
            if line.parent_state == "posted":
                sign = -1 if line.move_id.move_type == "out_refund" else 1
                number = line.move_id.id
                amounts[number] = amounts.get(number, 0) + sign * line.price_subtotal
        return sorted(amounts.items())

    def _compare(self, orders):
        self.env["res.partner"]._refresh_sales_figures((self.customer | self.payer).ids)
        for name, customer in (("buyer", self.customer), ("payer", self.payer)):
            expected = get_figures(orders, name)
            back = {
                min(number for number, amount in self._sum(order) if amount < 0)
                for order in orders
                if order.is_confirmed
                and order.customer == name
                and order.amount < -0.005
                and self._is_given_back(order)
            }
            found = self._read(customer)
            self.assertAlmostEqual(found.pop("sales"), expected.pop("sales"), 1)
            self.assertAlmostEqual(found.pop("margin"), expected.pop("margin"), 1)
            expected["returns"] |= back
            self.assertEqual(found, expected)

    def _sum(self, order):
        documents = {}
        for line in order.lines:
            for number, amount in line.documents:
                documents[number] = documents.get(number, 0) + amount
        return documents.items()

    def _is_given_back(self, order):
        return sum(-1 if amount > 0 else 1 for _number, amount in self._sum(order)) > 0

    def _read(self, customer):
        today = self.env["res.company"]._get_relations_default()._get_relations_today()
        days = self.env.execute_query(
            SQL(
                "SELECT DISTINCT day FROM (%s) AS sale WHERE orders = 1 ORDER BY day",
                customer._get_sales_sql(customer.ids),
            )
        )
        margin = self._sum_margin(customer)
        since = today - timedelta(days=20)
        self.assertEqual(
            self._sum_margin(customer, since), self._sum_margin(customer, day=since)
        )
        return {
            "sales": customer.sales_total,
            "margin": margin,
            "orders": customer.confirmed_order_count,
            "days": sorted((today - day).days for (day,) in days),
            "returns": self._get_evidence("refund", customer),
        }

    def _sum_margin(self, customer, since=None, day=date.min):
        [(found,)] = self.env.execute_query(
            SQL(
                "SELECT round(sum(amount)::numeric, 2) FROM (%s) AS margin"
                " WHERE partner_id = %s AND day >= %s",
                *(customer._get_margin_sql(since=since), customer.id, day),
            )
        )
        return float(found or 0)
