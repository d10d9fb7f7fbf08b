"""AR-4: what is owed and overdue against a plain Python model, over random lives of
invoices: instalments, another currency whose rate changes, payments of a part, matched
or not, credit notes of which a part is used, and what is written off."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.crm_relations.tests.common.lives import OrderLivesCommon

# Foreign money for one of ours: when invoices were posted, and today.
RATE_THEN, RATE_NOW = 2, 4
POSTED_DAYS_AGO = 90
# Days from the invoice to each half, or to the whole.
TERMS = {"late": (60,), "early": (120,), "halves": (60, 120), "both_late": (30, 60)}
AMOUNT = st.sampled_from([8, 40, 160, 800])
NUMBER = st.integers(0, 9)
STEP = st.one_of(
    st.tuples(st.just("invoice"), AMOUNT, st.sampled_from([*TERMS]), st.booleans()),
    st.tuples(st.just("pay"), NUMBER, AMOUNT),
    st.tuples(st.just("write_off"), NUMBER),
    st.tuples(st.just("pay_unmatched"), AMOUNT, st.booleans()),
    st.tuples(st.just("credit"), NUMBER, AMOUNT, st.booleans()),
)


class Account:
    """What a customer owes, by hand: amounts in our money."""

    def __init__(self):
        self.invoices = []
        self.credit = 0

    def invoice(self, amount, term):
        part = amount / len(TERMS[term])
        halves = [[days - POSTED_DAYS_AGO, part] for days in TERMS[term]]
        self.invoices.append(halves)

    def pay(self, number, amount):
        """Take it from what is due first; return what is left of it."""
        for half in self.invoices[number]:
            paid = min(half[1], amount)
            half[1] -= paid
            amount -= paid
        return amount

    def get_open(self, number):
        return sum(amount for _due_in, amount in self.invoices[number])

    def get_figures(self):
        halves = [half for invoice in self.invoices for half in invoice]
        late = sum(amount for due_in, amount in halves if due_in < 0)
        owed = sum(amount for _due_in, amount in halves)
        return owed - self.credit, max(0, late - self.credit)


@tagged("post_install", "-at_install")
class TestReceivableModel(OrderLivesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.posted_on = cls.today - timedelta(days=POSTED_DAYS_AGO)
        cls.foreign = cls.env["res.currency"].create({"name": "FOR", "symbol": "F"})
        cls.env["res.currency.rate"].create(
            [
                {"currency_id": cls.foreign.id, "name": day, "rate": rate}
                for day, rate in (
                    (cls.posted_on - timedelta(days=9), RATE_THEN),
                    (cls.today - timedelta(days=1), RATE_NOW),
                )
            ]
        )
        cls.terms = {
            name: cls.env["account.payment.term"].create(
                {
                    "name": name,
                    "line_ids": [
                        Command.create(
                            {
                                "value": "percent",
                                "value_amount": 100 / len(days),
                                "nb_days": number,
                            }
                        )
                        for number in days
                    ],
                }
            )
            for name, days in TERMS.items()
        }

    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=st.lists(STEP, min_size=2, max_size=7))
    @mute_logger("odoo.models.unlink")
    def test_owed_and_overdue_are_what_a_plain_model_says(self, steps):
        with self.env.cr.savepoint() as life:
            self.account, self.moves = Account(), []
            for name, *given_values in [("invoice", 800, "halves", True), *steps]:
                getattr(self, f"_{name}")(*given_values)
            self.env.flush_all()
            self.env.invalidate_all()
            found = self.customer.receivable_amount, self.customer.overdue_amount
            for one, other in zip(found, self.account.get_figures(), strict=True):
                self.assertAlmostEqual(one, other, 2, steps)
            self._check_lists(*found)
            life.rollback()
        self.env.invalidate_all()

    def _check_lists(self, owed, overdue):
        """The links open what makes up the figures."""
        for method, amount in (("receivable", owed), ("overdue", overdue)):
            action = getattr(self.customer, f"action_view_{method}")()
            items = self.env[action["res_model"]].search(action["domain"])
            total = sum(items.mapped("amount"))
            total = max(total, 0) if method == "overdue" else total
            self.assertAlmostEqual(total, amount, 2, method)

    def _create_move(self, kind, amount, day, **values):
        line = {"name": "Work", "price_unit": amount, "tax_ids": False}
        move = self.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": self.customer.id,
                "invoice_date": day,
                "date": day,
                "invoice_line_ids": [Command.create(line)],
            }
            | values
        )
        move.action_post()
        return move

    def _invoice(self, amount, term, is_foreign):
        """``amount`` is in our money."""
        values = {"invoice_payment_term_id": self.terms[term].id}
        written = amount
        if is_foreign:
            values["currency_id"] = self.foreign.id
            written *= RATE_THEN
        self.moves.append(
            self._create_move("out_invoice", written, self.posted_on, **values)
        )
        self.account.invoice(amount, term)

    def _choose(self, number):
        return number % len(self.moves)

    def _register(self, move, **values):
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        register.create(
            {"payment_date": self.today, "currency_id": move.currency_id.id, **values}
        ).action_create_payments()

    def _pay(self, number, amount):
        number = self._choose(number)
        move = self.moves[number]
        rate = RATE_THEN if move.currency_id == self.foreign else 1
        amount = min(amount, self.account.get_open(number))
        if amount:
            self._register(move, amount=amount * rate)
            self.account.pay(number, amount)

    def _write_off(self, number):
        """Half is paid, and nobody asks for the rest."""
        number = self._choose(number)
        move, left = self.moves[number], self.account.get_open(number)
        if left:
            self._register(
                move,
                amount=move.amount_residual / 2,
                installments_mode="full",
                payment_difference_handling="reconcile",
                writeoff_account_id=self.company_data["default_account_expense"].id,
            )
            self.account.pay(number, left)

    def _pay_unmatched(self, amount, is_foreign):
        """``amount`` is in the money in which it is paid."""
        values = {"currency_id": self.foreign.id} if is_foreign else {}
        self.env["account.payment"].create(
            {
                "partner_id": self.customer.id,
                "amount": amount,
                "payment_type": "inbound",
                "partner_type": "customer",
                "date": self.today,
            }
            | values
        ).action_post()
        self.account.credit += amount / (RATE_NOW if is_foreign else 1)

    def _credit(self, number, amount, is_matched):
        """A credit note in our money; only invoices in it are paid with it."""
        number = self._choose(number)
        move = self.moves[number]
        note = self._create_move("out_refund", amount, self.today)
        if is_matched and move.currency_id != self.foreign:
            lines = (move | note).line_ids.filtered(
                lambda line: (
                    line.account_type == "asset_receivable" and not line.reconciled
                )
            )
            if len(lines.move_id) == 2:
                lines.reconcile()
                amount = self.account.pay(number, amount)
        self.account.credit += amount
