from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common.lives import OrderLivesCommon


@tagged("post_install", "-at_install")
class TestReturnOrders(OrderLivesCommon):
    """AR-3: an order that gives money back is no purchase."""

    def _give_back(self, **values):
        return self._create_order((-2, 100), days_ago=0, **values)

    def test_it_lessens_sales_and_is_no_order(self):
        self._create_order(days_ago=40)
        self._give_back()
        today = self.env.company._get_relations_today()
        self.env["res.partner"]._refresh_sales_figures(self.customer.ids)
        self.assertRecordValues(
            self.customer,
            [
                {
                    "sales_total": 800,
                    "confirmed_order_count": 1,
                    "orders_12_months": 1,
                    "last_order_on": today - timedelta(days=40),
                    "order_day_count": 1,
                }
            ],
        )

    def test_its_credit_note_takes_nothing_more_and_is_one_piece_of_evidence(self):
        self._create_order(days_ago=40)
        credit = self._invoice(self._give_back())
        self.assertEqual(credit.move_type, "out_refund")
        self.assertEqual(self._get_sales(), 800)
        self.assertEqual(self._get_evidence("refund"), set(credit.ids))
        self._replace(credit)
        self.assertEqual(self._get_sales(), 800)
        self.assertEqual(self._get_evidence("refund"), set(credit.ids))

    def test_it_is_no_evidence_of_an_order(self):
        order = self._create_order(days_ago=40)
        self._give_back()
        self.assertEqual(self._get_evidence("first_order"), set(order.ids))
        self.assertEqual(self._get_evidence("repeat_order"), set())

    def test_it_wins_nobody_back(self):
        self._create_order(days_ago=400)
        self._get_sales()
        reason = self.env["crm.churn.reason"].search(
            [("asks_competitor", "=", False)], limit=1
        )
        self.customer.register_lost(reason.id)
        lost = self.env["crm.lost.customer"].search(
            [("partner_id", "=", self.customer.id)]
        )
        # Registered before the orders of this very transaction.
        lost.sudo().registered_at -= timedelta(days=9)
        self._give_back()
        self.assertNotEqual(lost.state, "won_back")
        self._create_order(days_ago=0)
        self.customer._follow_purchases()
        self.assertEqual(lost.state, "won_back")

    def test_nobody_counts_it_as_an_order(self):
        """Workload, care and callbacks read the same condition."""
        back, order = self._give_back(), self._create_order()
        self.env.flush_all()
        report = self.env["crm.workload.report"].sudo()
        lines = report.search(
            [("customer_id", "=", self.customer.id), ("activity", "=", "order")]
        )
        self.assertEqual(sum(lines.mapped("order_count")), 1)
        self.assertEqual(sum(lines.mapped("order_amount")), 800)
        orders = self.env["sale.order"]
        self.assertEqual(
            orders.search(
                orders._get_purchase_domain()
                & fields.Domain("id", "in", (back | order).ids)
            ),
            order,
        )
