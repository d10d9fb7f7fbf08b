from odoo import api, models
from odoo.tools import SQL

COST_SOURCES = {
    "sale.order.line": [
        *["price_subtotal", "product_uom_qty", "product_id", "product_uom_id"],
        "order_id",
    ],
    "product.product": ["standard_price", "product_tmpl_id"],
    "product.template": ["uom_id"],
    "uom.uom": ["factor"],
}


class ResPartner(models.Model):
    """What is left of the sales after the cost of what was sold."""

    _inherit = "res.partner"

    @api.model
    def _get_margin_sql(self, partner_ids=None, since=None):
        """Return a SELECT of margins, of all customers or of these: partner_id,
        order_id, day, ordered_on (the day of the order), amount in the default
        company's currency.

        :param since: leave out what was before this day; lines of orders that are older
            are not read, unless something of them was taken back since

        One row a line of a confirmed order whose cost is known: the cost noted on
        the line where Odoo's margins are installed, else the product's cost of
        today. Lines without a cost are left out, as their margin is unknown. What is
        returned of a line takes back that part of its margin, on the day of the
        document that took it back.

        A discount that is a line of its own (a negative price without a cost) is given
        on all lines of its order: it lessens the margin by the part that falls on
        those whose cost is known. Goods taken back (a negative quantity) without a
        cost are left out as they were when they were sold; a deduction of a down
        payment has no amount ordered.
        """
        return SQL(
            """
            WITH back AS (%(back)s),
                 priced AS (%(priced)s),
                 known AS (
                 SELECT order_id, sum(price_subtotal) FILTER (WHERE is_known)
                            / sum(price_subtotal) AS share
                   FROM priced
                  WHERE price_subtotal > 0 AND order_id IN (
                        SELECT order_id FROM priced WHERE is_discount)
               GROUP BY order_id),
                 sold AS (
                 SELECT id, partner_id, order_id, day, margin
                   FROM priced WHERE is_known
              UNION ALL
                 SELECT id, partner_id, order_id, day, margin * known.share
                   FROM priced JOIN known USING (order_id)
                  WHERE is_discount AND known.share > 0)
            SELECT partner_id, order_id, day, day AS ordered_on, margin AS amount
              FROM sold %(from)s
         UNION ALL
            SELECT sold.partner_id, sold.order_id, back.day, sold.day,
                   -back.share * sold.margin
              FROM back
              JOIN sold ON sold.id = back.order_line_id
            """,
            back=self._get_back_sql(partner_ids, since),
            priced=self._get_priced_sql(partner_ids, since),
            **{"from": SQL("WHERE day >= %s", since) if since else SQL("")},
        )

    @api.model
    def _get_back_sql(self, partner_ids, since):
        rows = self._get_returns_sql(partner_ids)
        if not since:
            return rows
        return SQL("SELECT * FROM (%s) AS returned WHERE day >= %s", rows, since)

    @api.model
    def _get_priced_sql(self, partner_ids, since):
        """Return a SELECT of the lines of confirmed orders: id, partner_id, order_id,
        day, price_subtotal, is_known (its cost), margin (its amount, where it is not)
        and is_discount."""
        self._flush_sources(COST_SOURCES)
        return SQL(
            """
            SELECT line.id, bought.partner_id, bought.order_id, bought.day,
                   line.price_subtotal, cost.each > 0 AS is_known,
                   (line.price_subtotal / bought.own_rate
                       - line.product_uom_qty
                           * CASE WHEN cost.each > 0 THEN cost.each ELSE 0 END)
                       / bought.company_rate AS margin,
                   line.price_subtotal < 0 AND line.product_uom_qty > 0
                       AND (cost.each > 0) IS NOT TRUE AS is_discount
              FROM (%(purchases)s) AS bought
              JOIN sale_order_line AS line ON line.order_id = bought.order_id
              JOIN product_product AS product ON product.id = line.product_id
              JOIN product_template AS template
                ON template.id = product.product_tmpl_id
         LEFT JOIN uom_uom AS sold_in ON sold_in.id = line.product_uom_id
         LEFT JOIN uom_uom AS kept_in ON kept_in.id = template.uom_id
        CROSS JOIN LATERAL (SELECT %(cost)s AS each) AS cost
                   %(only)s
            """,
            only=SQL(
                "WHERE bought.day >= %s"
                " OR bought.order_id IN (SELECT order_id FROM back)",
                since,
            )
            if since
            else SQL(""),
            purchases=self._get_purchases_sql(partner_ids),
            cost=self._get_unit_cost_sql(),
        )

    @api.model
    def _get_unit_cost_sql(self):
        """Return the SQL of what one sold unit costs, in the company's currency."""
        standard = SQL(
            "(product.standard_price ->> bought.company_id::text)::float8 "
            "* COALESCE(sold_in.factor / NULLIF(kept_in.factor, 0), 1)"
        )
        if "purchase_price" not in self.env["sale.order.line"]._fields:
            return standard
        self.env["sale.order.line"].flush_model(["purchase_price"])
        return SQL(
            "COALESCE(NULLIF(line.purchase_price, 0) / bought.own_rate, %s)", standard
        )
