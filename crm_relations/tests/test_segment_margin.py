from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .common.lives import OrderLivesCommon


@tagged("post_install", "-at_install")
class TestMargin(OrderLivesCommon):
    """SE-2: a discount that is a line of its own lessens the margin, as one on each
    line does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unpriced = cls._create_goods("order")
        cls.unpriced.standard_price = 0

    def _get_margin(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT sum(amount), count(*) FROM (%s) AS one WHERE partner_id = %s",
                self.customer._get_margin_sql(self.customer.ids),
                self.customer.id,
            )
        )
        return rows[0][0] or 0, rows[0][1]

    def _discount(self, order, share=0.1):
        """Press Discount / Global Discount."""
        self.env["sale.order.discount"].create(
            {
                **{"sale_order_id": order.id, "discount_type": "so_discount"},
                "discount_percentage": share,
            }
        ).action_apply_discount()

    def _add(self, order, quantity, price):
        line = {"product_id": self.unpriced.id, "product_uom_qty": quantity}
        order.order_line = [
            Command.create({**line, "price_unit": price, "tax_ids": False})
        ]

    def test_a_global_discount_lessens_the_margin(self):
        order = self._create_order()
        self.assertAlmostEqual(self._get_margin()[0], 400)
        self._discount(order)
        self.assertEqual(order.amount_untaxed, 900)
        self.assertAlmostEqual(self._get_margin()[0], 300)

    def test_only_its_part_on_lines_whose_cost_is_known_counts(self):
        order = self._create_order()
        self._add(order, 1, 3000)
        self._discount(order)
        self.assertEqual(order.amount_untaxed, 3600)
        self.assertAlmostEqual(self._get_margin()[0], 300)

    def test_a_margin_that_nobody_knows_stays_unknown(self):
        self._discount(self._create_order(product=self.unpriced))
        self.assertEqual(self._get_margin(), (0, 0))

    def test_a_discount_goes_back_with_the_goods(self):
        order = self._create_order()
        self._discount(order)
        self._credit(self._invoice(order))
        self.assertAlmostEqual(self._get_margin()[0], 0)

    def test_goods_without_a_cost_that_come_back_are_left_out(self):
        self._add(self._create_order(), -2, 100)
        self.assertAlmostEqual(self._get_margin()[0], 400)

    def test_a_down_payment_and_its_deduction_change_nothing(self):
        order = self._create_order()
        self._invoice_down_payment(order)
        self.assertAlmostEqual(self._get_margin()[0], 400)
        final = self._invoice(order)
        self.assertTrue(final.invoice_line_ids.filtered(lambda line: line.quantity < 0))
        self.assertAlmostEqual(self._get_margin()[0], 400)
        self._credit(final)
        self.assertAlmostEqual(self._get_margin()[0], 0)

    def test_of_the_time_asked_for_nothing_is_missing(self):
        """Lines of older orders are not read, but for what came back since."""
        old, lately = self._create_order(days_ago=400), self._create_order(days_ago=30)
        self._discount(old)
        self._add(lately, 1, -50)
        self._credit(self._invoice(old))
        for days in (0, 20, 30, 31, 399, 400, 401):
            since = fields.Date.today() - timedelta(days=days)
            with self.subTest(days=days):
                every = self._get_rows()
                self.assertEqual(
                    self._get_rows(since=since),
                    [row for row in every if row[1] >= since],
                )
        self.assertEqual(len(self._get_rows(since=fields.Date.today())), 2)

    def _get_rows(self, **values):
        rows = self.env.execute_query(
            SQL(
                "SELECT order_id, day, ordered_on, round(amount::numeric, 2)"
                " FROM (%s) AS one",
                self.customer._get_margin_sql(self.customer.ids, **values),
            )
        )
        return sorted(rows)
