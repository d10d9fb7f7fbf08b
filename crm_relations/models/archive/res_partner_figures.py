from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

STORED_FIGURES = [
    "first_order_on",
    "last_order_on",
    "confirmed_order_count",
    "sales_total",
    "sales_12_months",
    "orders_12_months",
]

# What the SQL of sales reads, for flushing.
SALES_SOURCES = {
    "sale.order": [
        *["partner_id", "state", "date_order", "amount_untaxed", "currency_rate"],
        "company_id",
    ],
    "sale.order.line": ["state", "order_id", "invoice_lines"],
    "account.move": ["move_type", "state", "invoice_date", "partner_id", "company_id"],
    "account.move.line": ["balance", "move_id", "sale_line_ids"],
    "res.partner": ["commercial_partner_id", "company_id"],
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
        index="btree_not_null",
        written_by="decided",
    )
    confirmed_order_count = fields.Integer(
        string="Orders",
        readonly=True,
        copy=False,
        written_by="decided",
    )
    sales_total = fields.Float(
        string="Sales Ever",
        digits=(16, 2),
        readonly=True,
        copy=False,
        help="Confirmed orders without taxes, less credit notes on them.",
        written_by="decided",
    )
    sales_12_months = fields.Float(
        string="Sales, 1 Year",
        digits=(16, 2),
        readonly=True,
        copy=False,
        help="Confirmed orders of the last 12 months without taxes, less credit "
        "notes on orders. Brought up to date every night and with each order.",
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
    open_quotation_count = fields.Integer(
        string="Open Quotations", compute="_compute_open_quotations"
    )
    open_quotation_amount = fields.Monetary(
        string="Value of Open Quotations",
        compute="_compute_open_quotations",
        currency_field="relation_currency_id",
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
        today = self.env.company._get_relations_today()
        sales = self._get_sales_of_years(today)
        for partner in self:
            now, before = sales.get(partner.id, (0, 0))
            partner.sales_this_year = now
            partner.sales_last_year = before

    def _compute_open_quotations(self):
        # Superuser: a total of the customer, without opening anyone's quotation.
        orders = self.env["sale.order"].sudo()
        found = orders._read_group(
            [
                ("partner_id.commercial_partner_id", "in", self.ids),
                ("state", "in", ("draft", "sent")),
                ("company_id", "in", self.env.companies.ids),
            ],
            ["partner_id", "currency_id"],
            ["__count", "amount_untaxed:sum"],
        )
        counts, amounts = {}, {}
        for contact, currency, count, amount in found:
            customer = self.browse(contact.commercial_partner_id.id)
            counts[customer] = counts.get(customer, 0) + count
            amounts.setdefault(customer, []).append((currency, amount))
        for partner in self:
            partner.open_quotation_count = counts.get(partner, 0)
            partner.open_quotation_amount = partner._sum_in_relation_currency(
                amounts.get(partner, [])
            )

    def _compute_receivables(self):
        today = self.env.company._get_relations_today()
        open_lines = Domain(
            [
                ("partner_id.commercial_partner_id", "in", self.ids),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        residuals = self._get_residuals(open_lines)
        for partner in self:
            open_amounts = residuals.get(partner, [])
            partner.receivable_amount = partner._sum_in_relation_currency(
                (currency, amount) for _due, currency, amount in open_amounts
            )
            partner.overdue_amount = partner._sum_in_relation_currency(
                (currency, amount)
                for due, currency, amount in open_amounts
                if due and due < today
            )

    def action_view_orders(self):
        """Open the confirmed orders of this customer and its contacts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_orders")
        return {
            **action,
            "domain": [
                ("partner_id.commercial_partner_id", "=", self.id),
                ("state", "=", "sale"),
            ],
            "context": {"default_partner_id": self.id},
        }

    def _get_residuals(self, domain):
        """Return ``{customer: [(due day, currency, amount), …]}`` of open journal
        items."""
        # Superuser: salespeople see what their customer owes, not the journal.
        lines = self.env["account.move.line"].sudo()
        found = lines._read_group(
            domain,
            ["partner_id", "company_id", "date_maturity:day"],
            ["amount_residual:sum"],
        )
        amounts = {}
        for contact, company, due, amount in found:
            customer = self.browse(contact.commercial_partner_id.id)
            amounts.setdefault(customer, []).append((due, company.currency_id, amount))
        return amounts

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
                  JOIN %(companies)s ON own.id = %(company)s
                 WHERE sales.day BETWEEN %(before)s AND %(today)s
              GROUP BY sales.partner_id
                """,
                sales=self._get_sales_sql(self.ids),
                companies=self._get_companies_sql("own"),
                company=self._get_relation_company_sql("partner"),
                start=start,
                before=start - relativedelta(years=1),
                today=today,
            )
        )
        return {customer_id: (now, before) for customer_id, now, before in rows}

    @api.model
    def _get_sales_sql(self, partner_ids=None):
        """Return a SELECT of sales: partner_id, day, orders (1 or 0), amount.

        One row a confirmed order, and one (negative) a line of a posted credit note
        that takes back what such an order sold. The day is local to the order's
        company, the amount in the default company's currency: the order's own
        rate brings it into its company's currency, today's rate from there.
        """
        for model, names in SALES_SOURCES.items():
            self.env[model].flush_model(names)
        only = SQL("")
        if partner_ids is not None:
            ids = tuple(partner_ids) or (0,)
            only = SQL("AND contact.commercial_partner_id IN %s", ids)
        return SQL(
            """
            SELECT contact.commercial_partner_id AS partner_id, (o.date_order
                       AT TIME ZONE 'UTC' AT TIME ZONE company.tz)::date AS day,
                   1 AS orders,
                   o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1)
                       / company.rate AS amount
              FROM sale_order AS o
              JOIN res_partner AS contact ON contact.id = o.partner_id
              JOIN %(companies)s ON company.id = o.company_id
             WHERE o.state = 'sale' %(only)s
         UNION ALL
            SELECT contact.commercial_partner_id, move.invoice_date, 0,
                   -line.balance / company.rate
              FROM account_move AS move
              JOIN account_move_line AS line ON line.move_id = move.id
              JOIN res_partner AS contact ON contact.id = move.partner_id
              JOIN %(companies)s ON company.id = move.company_id
             WHERE move.move_type = 'out_refund' AND move.state = 'posted' %(only)s
               AND EXISTS (
                   SELECT FROM sale_order_line_invoice_rel AS link
                     JOIN sale_order_line AS sold ON sold.id = link.order_line_id
                    WHERE link.invoice_line_id = line.id AND sold.state = 'sale')
            """,
            companies=self._get_companies_sql("company"),
            only=only,
        )

    @api.model
    def _refresh_sales_figures(self, partner_ids=None):
        """Write the stored figures of all customers, or of these, where they
        changed; one statement.

        :return: number of customers written
        """
        self.env["res.partner"].flush_model()
        only = (
            SQL("AND partner.id IN %s", tuple(partner_ids)) if partner_ids else SQL("")
        )
        today = self.env["res.company"]._get_relations_default()._get_relations_today()
        columns = [SQL.identifier("partner", name) for name in STORED_FIGURES]
        figures = [SQL.identifier("figure", name) for name in STORED_FIGURES]
        rows = self.env.execute_query(
            SQL(
                """
                WITH sales AS (
                     SELECT partner_id, min(day) FILTER (WHERE orders = 1) AS first,
                            max(day) FILTER (WHERE orders = 1) AS last,
                            sum(orders) AS orders, sum(amount) AS total,
                            sum(amount) FILTER (WHERE day >= %(since)s) AS year,
                            sum(orders) FILTER (WHERE day >= %(since)s) AS year_orders
                       FROM (%(sales)s) AS sale
                   GROUP BY partner_id),
                     figure AS (
                     SELECT partner.id, sales.first AS first_order_on,
                            sales.last AS last_order_on,
                            COALESCE(sales.orders, 0)::int AS confirmed_order_count,
                            round(COALESCE(sales.total * own.rate, 0)::numeric, 2)
                                AS sales_total,
                            round(COALESCE(sales.year * own.rate, 0)::numeric, 2)
                                AS sales_12_months,
                            COALESCE(sales.year_orders, 0)::int AS orders_12_months
                       FROM res_partner AS partner
                       JOIN %(companies)s ON own.id = %(company)s
                  LEFT JOIN sales ON sales.partner_id = partner.id
                      WHERE partner.is_managed_customer %(only)s)
                UPDATE res_partner AS partner
                   SET (%(names)s) = ROW(%(figures)s)
                  FROM figure
                 WHERE partner.id = figure.id
                   AND (%(columns)s) IS DISTINCT FROM (%(figures)s)
             RETURNING partner.id
                """,
                since=today - relativedelta(months=12) + timedelta(days=1),
                sales=self._get_sales_sql(partner_ids),
                companies=self._get_companies_sql("own"),
                company=self._get_relation_company_sql("partner"),
                only=only,
                names=SQL(", ").join(map(SQL.identifier, STORED_FIGURES)),
                figures=SQL(", ").join(figures),
                columns=SQL(", ").join(columns),
            )
        )
        changed = self.browse(number for (number,) in rows)
        changed.invalidate_recordset(STORED_FIGURES)
        return len(changed)
