from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

# What is open, for flushing.
RECEIVABLE_SOURCES = {
    "account.move.line": [
        *["partner_id", "company_id", "account_id", "date_maturity", "parent_state"],
        *["reconciled", "amount_residual", "payment_id", "date"],
    ],
    "account.account": ["account_type"],
    "account.payment": [
        *["partner_id", "company_id", "partner_type", "state", "move_id"],
        "amount_company_currency_signed",
    ],
    "res.partner": ["commercial_partner_id"],
}


class ResPartner(models.Model):
    """Figures from orders and invoices, by grouped queries, never typed.

    Figures that people filter and sort by are stored: written at once for the
    customer whose order is confirmed or cancelled, and for all of them at night.
    What changes with every payment is read when it is shown.
    """

    _inherit = "res.partner"

    # Float, not Monetary: Odoo adds up no amounts whose currency is not stored, and
    # a stored currency would cost a column on every contact.
    first_order_on = fields.Date(
        string="First Order",
        readonly=True,
        copy=False,
        written_by="decided",
    )
    last_order_on = fields.Date(
        string="Last Order",
        readonly=True,
        copy=False,
        written_by="decided",
    )
    confirmed_order_count = fields.Integer(
        string="Orders",
        readonly=True,
        copy=False,
        help="Confirmed orders, without those that give money back.",
        written_by="decided",
    )
    sales_total = fields.Float(
        string="Sales Ever",
        digits=(16, 2),
        readonly=True,
        copy=False,
        help="Confirmed orders without taxes, less what was taken back of them. A "
        "credit note that was followed by a new invoice takes nothing back.",
        written_by="decided",
    )
    sales_12_months = fields.Float(
        string="Sales, 1 Year",
        digits=(16, 2),
        readonly=True,
        copy=False,
        help="Confirmed orders of the last 12 months without taxes, less what was "
        "taken back in that time. Brought up to date every night and with each order.",
        written_by="decided",
    )
    orders_12_months = fields.Integer(
        string="Orders, 1 Year",
        readonly=True,
        copy=False,
        written_by="decided",
    )
    sales_this_year = fields.Monetary(
        compute="_compute_sales_by_year", currency_field="relation_currency_id"
    )
    sales_last_year = fields.Monetary(
        compute="_compute_sales_by_year", currency_field="relation_currency_id"
    )
    receivable_amount = fields.Monetary(
        string="Receivable",
        compute="_compute_receivables",
        currency_field="relation_currency_id",
    )
    overdue_amount = fields.Monetary(
        string="Overdue",
        compute="_compute_receivables",
        currency_field="relation_currency_id",
    )

    def _compute_sales_by_year(self):
        today = self._get_sales_day()
        sales = self._get_sales_of_years(today)
        for partner in self:
            now, before = sales.get(partner.id, (0, 0))
            partner.sales_this_year = now
            partner.sales_last_year = before

    def _compute_receivables(self):
        residuals = self._get_residuals()
        for partner in self:
            amounts = residuals.get(partner.id, [])
            partner.receivable_amount = partner._sum_in_relation_currency(
                (currency, amount) for currency, amount, _overdue in amounts
            )
            partner.overdue_amount = partner._sum_in_relation_currency(
                (currency, overdue) for currency, _amount, overdue in amounts
            )

    def _get_residuals(self):
        """Return ``{customer id: [(currency, receivable, overdue), …]}``, an entry a
        company.

        Payments and credit notes that nobody has matched with an invoice yet, and
        payments of which Odoo keeps no entry until the bank confirms them, lessen
        both: they are taken as paying what has been due for longest.
        """
        # Salespeople see what their customer owes, not the journal: no record rules.
        self.env["res.partner"]._flush_sources(RECEIVABLE_SOURCES)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT contact.commercial_partner_id, owed.company_id,
                       sum(owed.amount), COALESCE(GREATEST(sum(owed.amount)
                           FILTER (WHERE owed.amount < 0
                               OR owed.due IS NULL OR owed.due < own.today), 0), 0)
                  FROM res_partner AS contact
                  JOIN (%(owed)s) AS owed ON owed.partner_id = contact.id
                  JOIN %(companies)s ON own.id = owed.company_id
                 WHERE contact.commercial_partner_id IN %(customers)s
                   AND owed.company_id IN %(allowed)s
              GROUP BY contact.commercial_partner_id, owed.company_id
              ORDER BY owed.company_id
                """,
                owed=self._get_owed_sql(),
                companies=self._get_companies_sql("own"),
                customers=tuple(self.ids) or (0,),
                allowed=tuple(self.env.companies.ids),
            )
        )
        amounts = {}
        for customer_id, company_id, amount, overdue in rows:
            currency = self.env["res.company"].browse(company_id).currency_id
            amounts.setdefault(customer_id, []).append((currency, amount, overdue))
        return amounts

    @api.model
    def _get_owed_sql(self):
        """Return a SELECT of what is open: partner_id, company_id, due, amount; line_id
        and move_id or payment_id, document (its name). A payment is never due: what was
        paid back takes away from what credit notes pay."""
        return SQL(
            """
            SELECT line.partner_id, line.company_id,
                   CASE WHEN line.payment_id IS NULL
                        THEN COALESCE(line.date_maturity, line.date) END AS due,
                   line.amount_residual AS amount, line.id AS line_id, line.move_id,
                   NULL::int AS payment_id, line.move_name AS document
              FROM account_move_line AS line
              JOIN account_account AS account ON account.id = line.account_id
             WHERE account.account_type = 'asset_receivable'
               AND line.parent_state = 'posted' AND line.reconciled IS NOT TRUE
         UNION ALL
            SELECT payment.partner_id, payment.company_id, NULL,
                   -payment.amount_company_currency_signed, NULL, NULL, payment.id,
                   payment.name
              FROM account_payment AS payment
             WHERE payment.partner_type = 'customer' AND payment.move_id IS NULL
               AND payment.state = 'in_process'
            """
        )

    def _sum_in_relation_currency(self, amounts):
        today = fields.Date.context_today(self)
        company = self.env["res.company"]._get_relations_default()
        target = self.relation_currency_id
        return sum(
            currency._convert(amount, target, company, today)
            for currency, amount in amounts
        )

    def _get_sales_of_years(self, today):
        """Return ``{customer id: (amount, amount)}`` of the year up to ``today`` and of
        the one before."""
        if not self.ids:
            return {}
        start = today.replace(month=1, day=1)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT sales.partner_id, max(own.rate) * COALESCE(sum(sales.amount)
                           FILTER (WHERE sales.day >= %(start)s), 0),
                       max(own.rate) * COALESCE(sum(sales.amount)
                           FILTER (WHERE sales.day < %(start)s), 0)
                  FROM (%(sales)s) AS sales
                  JOIN res_partner AS partner ON partner.id = sales.partner_id
                  JOIN %(own)s
                 WHERE sales.day BETWEEN %(before)s AND %(today)s
              GROUP BY sales.partner_id
                """,
                sales=self._get_sales_sql(self.ids),
                own=self._get_company_of_sql("own", "partner"),
                start=start,
                before=start - relativedelta(years=1),
                today=today,
            )
        )
        return {customer_id: (now, before) for customer_id, now, before in rows}

    @api.model
    def _get_sales_sql(self, partner_ids=None):
        """Return a SELECT of sales: partner_id, day, orders (1 or 0), amount.

        One row a confirmed order, and one with the opposite sign for what a document
        took back of a line of such an order, see ``res_partner_purchases.py``. The
        amount is in the default company's currency.
        """
        return SQL(
            """
            SELECT partner_id, day, orders, amount FROM (%s) AS bought
         UNION ALL
            SELECT partner_id, day, 0, -amount FROM (%s) AS returned
            """,
            self._get_purchases_sql(partner_ids),
            self._get_returns_sql(partner_ids),
        )
