from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common.lives import OrderLivesCommon


@tagged("post_install", "-at_install")
class TestReceivable(OrderLivesCommon):
    """AR-4: what is paid is not overdue, matched with an invoice or not."""

    def _owe(self, amount, due_in):
        order = self._create_order((1, amount))
        invoice = order._create_invoices()
        today = fields.Date.today()
        invoice.invoice_payment_term_id = False
        invoice.invoice_date = today - timedelta(days=90)
        invoice.invoice_date_due = today + timedelta(days=due_in)
        invoice.action_post()
        return invoice

    def _pay(self, amount, **values):
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.customer.id,
                "amount": amount,
                "payment_type": "inbound",
                "partner_type": "customer",
                "date": fields.Date.today(),
            }
            | values
        )
        payment.action_post()
        return payment

    def assertOwed(self, receivable, overdue):
        self.customer.invalidate_recordset()
        self.assertRecordValues(
            self.customer,
            [{"receivable_amount": receivable, "overdue_amount": overdue}],
        )
        self.assertSumOfOpened("action_view_receivable", receivable)
        self.assertSumOfOpened("action_view_overdue", overdue)

    def assertSumOfOpened(self, method, amount):
        """The figure is the sum of what its link opens; a credit is nothing overdue."""
        action = getattr(self.customer, method)()
        items = self.env[action["res_model"]].search(action["domain"])
        found = sum(items.mapped("amount"))
        is_overdue = method == "action_view_overdue"
        self.assertEqual(max(found, 0) if is_overdue else found, amount)
        for item in items:
            self.assertTrue(item.action_open_document()["res_id"])

    def test_a_payment_that_is_not_matched_yet_pays_what_is_overdue(self):
        self._owe(1000, due_in=-30)
        self.assertOwed(1000, 1000)
        self._pay(1000)
        self.assertOwed(0, 0)

    def test_what_is_due_today_is_not_overdue(self):
        self._owe(100, due_in=0)
        self.assertOwed(100, 0)
        self._owe(10, due_in=-1)
        self.assertOwed(110, 10)

    def test_the_day_is_that_of_the_company_it_is_owed_to(self):
        """Not of the one that the reader works in at the moment."""
        other = self.env["res.company"].create({"name": "Other"})
        calendars = self.company.resource_calendar_id, other.resource_calendar_id
        self._owe(100, due_in=0)
        here = self.customer.with_context(
            allowed_company_ids=[other.id, self.company.id]
        )
        with freeze_time(fields.Datetime.now().replace(hour=12)):
            for zones, overdue in (
                (("Etc/GMT+1", "Pacific/Kiritimati"), 0),
                (("Pacific/Kiritimati", "Etc/GMT+1"), 100),
            ):
                for calendar, zone in zip(calendars, zones, strict=True):
                    calendar.tz = zone
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertEqual(here.overdue_amount, overdue)

    def test_it_pays_what_has_been_due_for_longest(self):
        self._owe(500, due_in=30)
        self._owe(1000, due_in=-30)
        self._pay(400)
        self.assertOwed(1100, 600)
        self._pay(900)
        self.assertOwed(200, 0)

    def test_more_than_is_owed_is_a_credit_and_nothing_overdue(self):
        self._owe(100, due_in=-30)
        self._pay(150)
        self.assertOwed(-50, 0)

    def test_an_open_credit_note_pays_too(self):
        self._owe(1000, due_in=-30)
        self._credit(300)
        self.assertOwed(700, 700)

    def _credit(self, amount):
        note = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.customer.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [
                    fields.Command.create(
                        {"name": "Goodwill", "price_unit": amount, "tax_ids": False}
                    )
                ],
            }
        )
        note.action_post()

    def test_a_credit_that_was_paid_back_pays_nothing(self):
        """Paid back today, and neither matched with the credit note nor confirmed."""
        self._owe(1000, due_in=-30)
        self._credit(300)
        self.assertOwed(700, 700)
        payment = self._pay(300, payment_type="outbound")
        self.assertOwed(1000, 1000)
        payment.move_id.button_draft()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_payment SET move_id = NULL, state = 'in_process' "
            "WHERE id = %s",
            [payment.id],
        )
        self.env.invalidate_all()
        self.assertOwed(1000, 1000)

    def test_an_entry_without_a_due_date_is_due_on_its_day(self):
        self._owe(1000, due_in=30)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET date_maturity = NULL"
            " WHERE partner_id = %s AND amount_residual > 0",
            [self.customer.id],
        )
        self.env.invalidate_all()
        self.assertOwed(1000, 1000)

    def test_a_payment_without_an_entry_counts_until_the_bank_confirms_it(self):
        """Where bank statements are matched, Odoo books a payment only then."""
        self._owe(1000, due_in=-30)
        payment = self._pay(1000)
        payment.move_id.button_draft()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_payment SET move_id = NULL, state = 'in_process' "
            "WHERE id = %s",
            [payment.id],
        )
        self.env.invalidate_all()
        self.assertOwed(0, 0)
        self.env.cr.execute(
            "UPDATE account_payment SET state = 'paid' WHERE id = %s", [payment.id]
        )
        self.assertOwed(1000, 1000)

    def test_a_payment_to_another_company_pays_nothing_here(self):
        self.customer.company_id = False
        other = self.setup_other_company(name="Other")["company"]
        self._owe(1000, due_in=-30)
        payment = self.env["account.payment"].with_company(other)
        payment.create(
            {
                "partner_id": self.customer.id,
                "amount": 400,
                "payment_type": "inbound",
                "partner_type": "customer",
            }
        ).action_post()
        customer = self.customer.with_context(
            allowed_company_ids=(self.env.company | other).ids
        )
        self.assertEqual(customer.receivable_amount, 600)
        self.assertEqual(customer.overdue_amount, 1000)
