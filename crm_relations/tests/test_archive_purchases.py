from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from .common.lives import OrderLivesCommon


@tagged("post_install", "-at_install")
class TestPurchases(OrderLivesCommon):
    """AR-3: what the customer bought, net, per order line. A correction of paper is
    no return of goods."""

    def assertBought(self, amount, returns=(), customer=None):
        """Sales and margin are those of so much, and only these credit notes took goods
        back."""
        customer = customer or self.customer
        self.assertAlmostEqual(self._get_sales(customer), amount)
        margin = self.env.execute_query(
            SQL(
                "SELECT sum(amount) FROM (%s) AS margin WHERE partner_id = %s",
                customer._get_margin_sql(),
                customer.id,
            )
        )[0][0]
        self.assertAlmostEqual(margin or 0, amount * 0.4)
        self.assertEqual(
            self._get_evidence("refund", customer), {move.id for move in returns}
        )

    def test_a_reversed_and_replaced_invoice_is_paper(self):
        order = self._create_order()
        self._replace(self._invoice(order))
        self.assertBought(1000)
        self.assertEqual(self.customer.confirmed_order_count, 1)

    def test_a_replaced_invoice_keeps_the_tier(self):
        self._create_order((1, 5), partner_id=self.payer.id)
        self._replace(self._invoice(self._create_order()))
        self.env["crm.tier.scheme"].search([]).active = False
        tiers = [self.env.ref(f"crm_relations.crm_tier_{tier}") for tier in "ac"]
        scheme = self.env["crm.tier.scheme"].create(
            {
                "name": "Revenue",
                "method": "threshold",
                "domain": repr([("id", "in", (self.customer | self.payer).ids)]),
                "cut_ids": [
                    fields.Command.create({"tier_id": tier.id, "at_least": least})
                    for tier, least in zip(tiers, (1000, 0), strict=True)
                ],
            }
        )
        scheme.run()
        self.assertEqual(self.customer.tier_id, tiers[0])
        self.assertEqual(self.payer.tier_id, tiers[1])

    def test_a_replaced_invoice_leaves_the_ladder_as_it_was(self):
        order = self._create_order(days_ago=0)
        partners = self.env["res.partner"]
        partners._refresh_relationship(self.customer.ids)
        level = self.customer.relationship_level
        self._replace(self._invoice(order))
        self.assertEqual(partners._refresh_relationship(self.customer.ids), 0)
        self.assertEqual(self.customer.relationship_level, level)

    def test_until_the_replacement_is_posted_the_credit_note_takes_back(self):
        order = self._create_order()
        invoice = self._invoice(order)
        replacement = self._reverse(invoice, "modify_moves")
        self.assertBought(0, invoice.reversal_move_ids)
        replacement.action_post()
        self.assertBought(1000)

    def test_a_part_that_was_invoiced_reversed_and_replaced_is_paper(self):
        order = self._create_order()
        self._replace(self._invoice(order, quantity=4))
        self.assertBought(1000)
        self._invoice(order)
        self.assertBought(1000)

    def test_a_replacement_at_a_lower_price_lessens_the_sales_by_the_difference(self):
        order = self._create_order()
        invoice = self._invoice(order)
        self._replace(invoice, price=90)
        self.assertBought(900, invoice.reversal_move_ids)

    def test_what_was_refunded_and_invoiced_again_is_paper(self):
        order = self._create_order()
        credit = self._credit(self._invoice(order))
        self.assertBought(0, credit)
        self._invoice(order)
        self.assertBought(1000)

    def test_a_credited_down_payment_is_no_return_of_goods(self):
        order = self._create_order()
        self._credit(self._invoice_down_payment(order))
        self.assertBought(1000)
        self._invoice(order)
        self.assertBought(1000)

    def test_a_deducted_down_payment_counts_once(self):
        order = self._create_order()
        self._invoice_down_payment(order)
        final = self._invoice(order)
        self.assertEqual(final.amount_untaxed, 700)
        self.assertBought(1000)
        credit = self._credit(final)
        self.assertBought(0, credit)

    def test_a_credit_note_on_a_part_takes_that_part_back(self):
        order = self._create_order()
        credit = self._credit(self._invoice(order), quantity=3)
        self.assertBought(700, credit)

    def test_a_return_before_the_rest_is_invoiced_stays_a_return(self):
        order = self._create_order()
        credit = self._credit(self._invoice(order, quantity=4), quantity=2)
        self.assertBought(800, credit)
        self._invoice(order, quantity=6)
        self.assertBought(800, credit)

    def test_each_line_counts_for_itself(self):
        """What is invoiced of one line does not bring back what was returned of
        another."""
        order = self._create_order((10, 100), (10, 50))
        invoice = self._invoice(order, quantity=4)
        credit = self._credit(invoice, quantity=4)
        self.assertEqual(credit.amount_untaxed, 900)
        self.assertBought(600, credit)
        order.order_line[0].product_uom_qty = 4
        self.assertBought(0, credit)

    def test_a_quantity_that_is_lessened_after_the_return_counts_once(self):
        order = self._create_order()
        self._credit(self._invoice(order), quantity=3)
        order.order_line.product_uom_qty = 7
        self.assertBought(700)

    def test_what_was_invoiced_beyond_the_order_is_credited_without_loss(self):
        order = self._create_order()
        self._credit(self._invoice(order, quantity=12), quantity=2)
        self.assertBought(1000)

    def test_goods_taken_back_on_the_next_invoice_are_a_return(self):
        """Where deliveries are invoiced, Odoo puts the return on an invoice of other
        goods, as a negative line."""
        order = self._create_order((10, 100), (10, 100), product=self.delivered)
        first, second = order.order_line
        first.qty_delivered = 10
        self._invoice(order)
        first.qty_delivered, second.qty_delivered = 6, 10
        invoice = self._invoice(order)
        self.assertEqual(invoice.move_type, "out_invoice")
        self.assertEqual(invoice.amount_untaxed, 600)
        self.assertBought(1600, invoice)

    def test_a_credit_note_to_another_payer_counts_for_the_buyer(self):
        order = self._create_order(partner_invoice_id=self.payer.id)
        invoice = self._invoice(order)
        self.assertEqual(invoice.partner_id, self.payer)
        credit = self._credit(invoice)
        self.assertBought(0, credit)
        self.assertBought(0, customer=self.payer)

    def test_a_discount_goes_back_with_the_goods(self):
        order = self._create_order((10, 100), (1, -100))
        invoice = self._invoice(order)
        self.assertEqual(self._get_sales(), 900)
        self._credit(invoice)
        self.assertEqual(self._get_sales(), 0)

    def test_a_return_is_booked_on_the_day_of_the_credit_note(self):
        order = self._create_order(days_ago=500)
        self._credit(self._invoice(order), quantity=3)
        self._get_sales()
        self.assertEqual(self.customer.sales_12_months, -300)

    def test_the_latest_credit_note_is_the_one_that_stands(self):
        """The first was paper; goods came back with the second."""
        order = self._create_order(days_ago=500)
        long_ago = fields.Date.today() - timedelta(days=450)
        self._credit(self._invoice(order), date=long_ago)
        credit = self._credit(self._invoice(order), quantity=2)
        self.assertBought(800, credit)
        self.assertEqual(self.customer.sales_12_months, -200)

    def test_another_currency_goes_back_at_the_rate_of_the_order(self):
        currency = self.setup_other_currency("CAD", rates=[("2020-01-01", 2)])
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )
        self.goods.standard_price = 30
        order = self._create_order(pricelist_id=pricelist.id)
        invoice = self._invoice(order)
        self.assertEqual(self._get_sales(), 500)
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": fields.Date.today(), "rate": 4}
        )
        self._credit(invoice, quantity=4)
        self.assertEqual(self._get_sales(), 300)

    def test_cents_that_are_lost_in_rounding_are_no_return(self):
        order = self._create_order((3, 33.333))
        self._replace(self._invoice(order, quantity=1.5))
        self._invoice(order)
        self.assertEqual(self._get_evidence("refund"), set())

    def test_a_cancelled_order_counts_as_little_as_what_came_back_of_it(self):
        order = self._create_order()
        self._credit(self._invoice(order))
        order._action_cancel()
        self.assertBought(0)
