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
    def _get_margin_sql(self, partner_ids=None):
        """Return a SELECT of margins, of all customers or of these: partner_id,
        order_id, day, ordered_on (the day of the order), amount in the default
        company's currency.

        One row a line of a confirmed order whose cost is known: the cost noted on
        the line where Odoo's margins are installed, else the product's cost of
        today. Lines without a cost are left out, as their margin is unknown. What is
        returned of a line takes back that part of its margin, on the day of the
        document that took it back.
        """
        self._flush_sources(COST_SOURCES)
        return SQL(
            """
            WITH sold AS (
                 SELECT line.id, bought.partner_id, bought.order_id, bought.day,
                        (line.price_subtotal / bought.own_rate
                            - line.product_uom_qty * cost.each)
                            / bought.company_rate AS margin
                   FROM (%(purchases)s) AS bought
                   JOIN sale_order_line AS line ON line.order_id = bought.order_id
                   JOIN product_product AS product ON product.id = line.product_id
                   JOIN product_template AS template
                     ON template.id = product.product_tmpl_id
              LEFT JOIN uom_uom AS sold_in ON sold_in.id = line.product_uom_id
              LEFT JOIN uom_uom AS kept_in ON kept_in.id = template.uom_id
             CROSS JOIN LATERAL (SELECT %(cost)s AS each) AS cost
                  WHERE cost.each > 0)
            SELECT partner_id, order_id, day, day AS ordered_on, margin AS amount
              FROM sold
         UNION ALL
            SELECT sold.partner_id, sold.order_id, returned.day, sold.day,
                   -returned.share * sold.margin
              FROM (%(returns)s) AS returned
              JOIN sold ON sold.id = returned.order_line_id
            """,
            purchases=self._get_purchases_sql(partner_ids),
            returns=self._get_returns_sql(partner_ids),
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
