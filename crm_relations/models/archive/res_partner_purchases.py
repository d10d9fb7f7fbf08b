from odoo import api, models
from odoo.tools import SQL

from ...tools.local_moments import local_day

# What the SQL of purchases reads, for flushing.
PURCHASE_SOURCES = {
    "sale.order": [
        *["partner_id", "state", "date_order", "amount_untaxed", "currency_rate"],
        *["company_id", "currency_id"],
    ],
    "res.partner": ["commercial_partner_id", "company_id"],
}
RETURN_SOURCES = {
    "sale.order.line": ["order_id", "price_subtotal", "invoice_lines"],
    "account.move": ["move_type", "state", "invoice_date", "date", "currency_id"],
    "account.move.line": [
        *["move_id", "balance", "amount_currency", "quantity", "display_type"],
        *["parent_state", "sale_line_ids"],
    ],
    "res.currency": ["rounding"],
}


class ResPartner(models.Model):
    """What customers bought, net: the one reading of orders and credit notes.

    Sales, margin, evidence, rhythm and tiers select from here, so that they agree.

    **Bought** is what a confirmed order says, delivered and invoiced or not, without
    taxes, on the day of the order, by whoever ordered (a contact counts for its
    customer; who pays the invoice does not matter), at the order's own rate of
    exchange. An order whose total is negative gives money back: it lessens the sales,
    but it is no purchase, so that it is not counted and gives no day with orders.
    Cancelled orders and quotations are nothing.

    **Returned** is what posted documents took back of a line of such an order and did
    not invoice again. Line by line, its documents are read in the order in which they
    were made (dates may be set back):

    - A credit note, or a negative quantity on an invoice, takes back its amount.
    - An invoice of at most what is taken back by then is paper: it replaces what was
      credited, and that much is taken back no longer, the latest first.
    - An invoice of more is of what was never invoiced, and takes nothing along.
    - Never is more taken back than the invoices leave open of what is ordered: where
      the line is invoiced as ordered, whatever was credited was paper; and a quantity
      that is lessened after the return is not subtracted twice.

    It is booked on the day of the document that took it back, for the customer of the
    order, at the rate of the order: what is bought and returned leaves nothing.
    Down payments are lines without an amount ordered, so that neither they nor their
    credit notes nor their deduction change anything. A discount is a line with a
    negative amount and goes back with its own sign. Cents that rounding leaves are no
    return. Invoices and credit notes without a line of an order are no sales, thus no
    returns either.
    """

    _inherit = "res.partner"

    @api.model
    def _get_purchases_sql(self, partner_ids=None):
        """Return a SELECT of confirmed orders, of all customers or of these:
        order_id, partner_id (the customer), company_id, day (local to the company),
        orders (1, or 0 for what is no purchase), amount, in the default company's
        currency, own_rate and company_rate: an amount in the order's currency is
        divided by both to be in that of the default company.
        """
        self._flush_sources(PURCHASE_SOURCES)
        return SQL(
            """
            SELECT o.id AS order_id, contact.commercial_partner_id AS partner_id,
                   o.company_id, %(day)s AS day,
                   CASE WHEN %(purchase)s THEN 1 ELSE 0 END AS orders,
                   o.amount_untaxed / own.rate / company.rate AS amount,
                   own.rate AS own_rate, company.rate AS company_rate
              FROM sale_order AS o
              JOIN res_partner AS contact ON contact.id = o.partner_id
              JOIN %(companies)s ON company.id = o.company_id
        CROSS JOIN LATERAL (
                   SELECT COALESCE(NULLIF(o.currency_rate, 0), 1) AS rate) AS own
             WHERE o.state = 'sale' %(only)s
            """,
            day=local_day(SQL("o.date_order"), SQL("company.tz")),
            purchase=self.env["sale.order"]._get_purchase_sql("o"),
            companies=self._get_companies_sql("company"),
            only=self._get_buyer_filter(partner_ids),
        )

    @api.model
    def _get_returns_sql(self, partner_ids=None):
        """Return a SELECT of what was returned, of all customers or of these:
        order_line_id, order_id, move_id (the document that took it back), partner_id,
        day, ordered_on (the day of the order), share (of the line, 0 to 1) and amount,
        in the default company's currency; with the sign of the line, thus negative for
        a discount.

        Read from what was taken back, line by line (hence OFFSET): for want of
        statistics, PostgreSQL would walk through it again for each line ever sold.
        """
        self._flush_sources(RETURN_SOURCES)
        return SQL(
            """
            SELECT back.line_id AS order_line_id, sold.order_id, back.move_id,
                   sold.partner_id, back.day, sold.day AS ordered_on,
                   back.amount / abs(sold.price_subtotal) AS share,
                   sign(sold.price_subtotal) * back.amount
                       / sold.own_rate / sold.company_rate AS amount
              FROM (%(back)s) AS back
        CROSS JOIN LATERAL (
                   SELECT line.price_subtotal, bought.*
                     FROM sale_order_line AS line
                     JOIN (%(purchases)s) AS bought ON bought.order_id = line.order_id
                    WHERE line.id = back.line_id
                   OFFSET 0) AS sold
            """,
            back=self._get_taken_back_sql(partner_ids),
            purchases=self._get_purchases_sql(partner_ids),
        )

    @api.model
    def _get_taken_back_sql(self, partner_ids):
        """Return a SELECT of line_id, move_id, day, amount in the order's currency.

        ``open`` is what is taken back after a document, ``before`` what was before it.
        Of what a document took back stands what ``open`` never fell below again. Only
        lines of which something is still to be invoiced are walked through.
        """
        return SQL(
            """
            WITH RECURSIVE billed AS (%(billed)s),
                 event AS (
                 SELECT *, GREATEST(ordered - GREATEST(sum(amount) OVER past, 0), 0)
                            AS most
                   FROM (SELECT *, sum(amount) OVER (PARTITION BY line_id) AS total
                           FROM billed) AS billed
                  WHERE total < ordered - cents
                 WINDOW past AS (PARTITION BY line_id ORDER BY place)),
                 walk AS (
                 SELECT line_id, move_id, day, place, cents, 0::numeric AS before,
                        LEAST(GREATEST(-amount, 0), most) AS open
                   FROM event WHERE place = 1
              UNION ALL
                 SELECT line_id, event.move_id, event.day, event.place, event.cents,
                        walk.open, LEAST(event.most, CASE
                            WHEN event.amount > walk.open + event.cents THEN walk.open
                            ELSE GREATEST(walk.open - event.amount, 0) END)
                   FROM walk
                   JOIN event USING (line_id)
                  WHERE event.place = walk.place + 1)
            SELECT line_id, move_id, day, amount
              FROM (SELECT *, min(open) OVER (
                               PARTITION BY line_id ORDER BY place DESC) - before
                               AS amount
                      FROM walk) AS standing
             WHERE amount > cents
            """,
            billed=self._get_billed_sql(partner_ids),
        )

    @api.model
    def _get_billed_sql(self, partner_ids):
        """Return a SELECT of the posted documents of each order line of which one took
        something back: line_id, move_id, day, place (1, 2, … in the order in which
        they were made), and, in the order's currency, ordered, amount (negative when
        it takes back) and cents, what rounding each of them may have left."""
        return SQL(
            """
            SELECT sold.id AS line_id, move.id AS move_id,
                   COALESCE(move.invoice_date, move.date) AS day,
                   row_number() OVER documents AS place,
                   abs(sold.price_subtotal) AS ordered,
                   sign(sold.price_subtotal) * sum(CASE
                       WHEN move.currency_id = o.currency_id
                       THEN -line.amount_currency
                       ELSE -line.balance * COALESCE(NULLIF(o.currency_rate, 0), 1)
                       END * %(share)s)::numeric AS amount,
                   currency.rounding * count(*) OVER (PARTITION BY sold.id) AS cents
              FROM (%(touched)s) AS touched
              JOIN sale_order_line AS sold ON sold.id = touched.line_id
              JOIN sale_order AS o ON o.id = sold.order_id
              JOIN res_currency AS currency ON currency.id = o.currency_id
              JOIN sale_order_line_invoice_rel AS link ON link.order_line_id = sold.id
              JOIN account_move_line AS line ON line.id = link.invoice_line_id
              JOIN account_move AS move ON move.id = line.move_id
             WHERE move.state = 'posted'
               AND move.move_type IN ('out_invoice', 'out_refund')
          GROUP BY sold.id, move.id, o.id, currency.id
            WINDOW documents AS (PARTITION BY sold.id ORDER BY move.id)
            """,
            touched=self._get_touched_sql(partner_ids),
            share=self._get_line_share_sql(),
        )

    @api.model
    def _get_touched_sql(self, partner_ids):
        """Return a SELECT of the order lines (line_id) that may have been taken back:
        few, so that it starts from credit notes and negative quantities."""
        # The second condition is that of the index on account.move.line.
        conditions = (
            SQL("move.move_type = 'out_refund' AND move.state = 'posted'"),
            SQL(
                "line.quantity < 0 AND line.display_type = 'product' "
                "AND line.parent_state = 'posted'"
            ),
        )
        return SQL(" UNION ").join(
            SQL(
                """
                SELECT sold.id AS line_id
                  FROM sale_order AS o
                  JOIN res_partner AS contact ON contact.id = o.partner_id
                  JOIN sale_order_line AS sold ON sold.order_id = o.id
                  JOIN sale_order_line_invoice_rel AS link
                    ON link.order_line_id = sold.id
                  JOIN account_move_line AS line ON line.id = link.invoice_line_id
                  JOIN account_move AS move ON move.id = line.move_id
                 WHERE o.state = 'sale' AND sold.price_subtotal <> 0
                   AND %(condition)s %(only)s
                """,
                condition=condition,
                only=self._get_buyer_filter(partner_ids),
            )
            for condition in conditions
        )

    @api.model
    def _get_line_share_sql(self):
        """Return the SQL of the part of an invoice ``line`` that is of the order line
        ``sold``: by their amounts where an addon has merged lines of orders."""
        return SQL(
            """(
                   SELECT COALESCE(sold.price_subtotal
                              / NULLIF(sum(other.price_subtotal), 0), 1.0 / count(*))
                     FROM sale_order_line_invoice_rel AS twin
                     JOIN sale_order_line AS other ON other.id = twin.order_line_id
                    WHERE twin.invoice_line_id = line.id)"""
        )

    @api.model
    def _get_buyer_filter(self, partner_ids):
        """Return the condition (from AND on) that ``contact`` belongs to one of these
        customers, nothing for all of them."""
        if partner_ids is None:
            return SQL("")
        ids = tuple(partner_ids) or (0,)
        return SQL("AND contact.commercial_partner_id IN %s", ids)

    @api.model
    def _flush_sources(self, sources):
        for model, names in sources.items():
            self.env[model].flush_model(names)
