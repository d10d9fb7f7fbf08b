from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class OrderLivesCommon(AccountTestInvoicingCommon):
    """What can happen to an order, by the buttons that people press."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for group in (
            "sales_team.group_sale_manager",
            "crm_relations.group_administrator",
        ):
            cls.env.user.group_ids += cls.env.ref(group)
        cls.customer = cls._create_customer("Buyer")
        cls.payer = cls._create_customer("Payer")
        cls.goods = cls._create_goods("order")
        cls.delivered = cls._create_goods("delivery")

    @classmethod
    def _create_goods(cls, policy):
        return cls.env["product.product"].create(
            {
                "name": "Goods",
                "type": "service",
                "invoice_policy": policy,
                "standard_price": 60,
                "taxes_id": False,
            }
        )

    @classmethod
    def _create_customer(cls, name, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "is_managed_customer": True,
                "company_id": cls.env.company.id,
            }
            | values
        )

    @classmethod
    def _create_order(cls, *lines, days_ago=3, product=None, **values):
        """Confirm an order of lines (quantity, price), 10 for 100 each by default."""
        product = product or cls.goods
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            "tax_ids": False,
                        }
                    )
                    for quantity, price in lines or [(10, 100)]
                ],
            }
            | values
        )
        order.action_confirm()
        order.date_order -= timedelta(days=days_ago)
        return order

    @classmethod
    def _invoice(cls, order, quantity=None):
        """Post what is to be invoiced, or only so many units of the first goods."""
        invoice = order._create_invoices(final=True)
        if quantity is not None:
            goods = invoice.invoice_line_ids.filtered("product_id")[:1]
            goods.quantity = quantity
        invoice.action_post()
        return invoice

    @classmethod
    def _invoice_down_payment(cls, order, percent=30):
        before = order.invoice_ids
        cls.env["sale.advance.payment.inv"].create(
            {
                "advance_payment_method": "percentage",
                "amount": percent,
                "sale_order_ids": [Command.set(order.ids)],
            }
        ).create_invoices()
        invoice = order.invoice_ids - before
        invoice.action_post()
        return invoice

    @classmethod
    def _reverse(cls, invoice, press, date=None):
        wizard = (
            cls.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(
                {
                    "date": date or fields.Date.today(),
                    "journal_id": invoice.journal_id.id,
                }
            )
        )
        action = getattr(wizard, press)()
        return cls.env["account.move"].browse(action["res_id"])

    @classmethod
    def _credit(cls, invoice, quantity=None, price=None, date=None):
        """Post a credit note on all of the invoice, or on less of its first line."""
        credit = cls._reverse(invoice, "refund_moves", date)
        if quantity is not None:
            credit.invoice_line_ids[:1].quantity = quantity
        if price is not None:
            credit.invoice_line_ids[:1].price_unit = price
        credit.action_post()
        return credit

    @classmethod
    def _replace(cls, invoice, price=None):
        """Press "Reverse and Create Invoice" and post the new invoice."""
        replacement = cls._reverse(invoice, "modify_moves")
        if price is not None:
            replacement.invoice_line_ids[:1].price_unit = price
        replacement.action_post()
        return replacement

    def _get_sales(self, customer=None):
        customer = customer or self.customer
        self.env["res.partner"]._refresh_sales_figures(customer.ids)
        return customer.sales_total

    def _get_evidence(self, kind, customer=None):
        """Return the documents that the ladder reads as evidence of this kind."""
        customer = customer or self.customer
        rows = self.env.execute_query(customer._get_relationship_evidence(customer.ids))
        return {
            number for _partner, code, _day, _factor, number in rows if code == kind
        }
