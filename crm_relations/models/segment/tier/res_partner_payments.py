from odoo import api, models
from odoo.tools import SQL

PAYMENT_SOURCES = {
    "account.payment": [
        *["partner_type", "state", "move_id", "date", "partner_id", "company_id"],
        "amount_company_currency_signed",
    ],
    "account.move": ["state", "journal_id"],
    "account.move.line": ["partner_id", "account_id", "balance", "date", "move_id"],
    "account.journal": ["type"],
    "account.account": ["account_type"],
}


class ResPartner(models.Model):
    """Money that came in from the customer."""

    _inherit = "res.partner"

    @api.model
    def _get_payments_sql(self):
        """Return a SELECT of payments: partner_id, day, amount in the default
        company's currency, negative for what was paid back.

        What banks, cash and card journals booked on the customer's receivable, and
        payments of which Odoo keeps no entry until the bank statement comes.
        """
        for model, names in PAYMENT_SOURCES.items():
            self.env[model].flush_model(names)
        return SQL(
            """
            SELECT contact.commercial_partner_id AS partner_id, line.date AS day,
                   -line.balance / company.rate AS amount
              FROM account_move_line AS line
              JOIN account_move AS move ON move.id = line.move_id
              JOIN account_journal AS journal ON journal.id = move.journal_id
              JOIN account_account AS account ON account.id = line.account_id
              JOIN res_partner AS contact ON contact.id = line.partner_id
              JOIN %(companies)s ON company.id = line.company_id
             WHERE account.account_type = 'asset_receivable'
               AND journal.type IN ('bank', 'cash', 'credit')
               AND move.state = 'posted'
         UNION ALL
            SELECT contact.commercial_partner_id, payment.date,
                   payment.amount_company_currency_signed / company.rate
              FROM account_payment AS payment
              JOIN res_partner AS contact ON contact.id = payment.partner_id
              JOIN %(companies)s ON company.id = payment.company_id
             WHERE payment.partner_type = 'customer' AND payment.move_id IS NULL
               AND payment.state IN ('in_process', 'paid')
            """,
            companies=self._get_companies_sql("company"),
        )
