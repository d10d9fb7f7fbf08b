from odoo import api, models
from odoo.tools import SQL

COST_SOURCES = {
    "sale.order.line": [
        *["price_subtotal", "product_uom_qty", "product_id", "product_uom_id"],
        *["order_id", "invoice_lines"],
    ],
    "product.product": ["standard_price", "product_tmpl_id"],
    "product.template": ["uom_id"],
    "uom.uom": ["factor"],
}


class ResPartner(models.Model):
    """What is left of the sales after the cost of what was sold."""

    _inherit = "res.partner"

    @api.model
    def _get_margin_sql(self):
        """Return a SELECT of margins: partner_id, day, amount in the default company's
        currency.

        One row a line of a confirmed order whose cost is known: the cost noted on
        the line where Odoo's margins are installed, else the product's cost of
        today. Lines without a cost are left out, as their margin is unknown. A
        posted credit note takes back the part of the margin that it takes back of
        the line's price, on the day of the credit note.
        """
        self._get_sales_sql()  # for flushing what orders and credit notes are made of
        for model, names in COST_SOURCES.items():
            self.env[model].flush_model(names)
        return SQL(
            """
            WITH sold AS (
                 SELECT line.id, contact.commercial_partner_id AS partner_id,
                        (o.date_order AT TIME ZONE 'UTC'
                            AT TIME ZONE company.tz)::date AS day,
                        line.price_subtotal / rate.own / company.rate AS revenue,
                        line.product_uom_qty * cost.each / company.rate AS cost
                   FROM sale_order AS o
                   JOIN sale_order_line AS line ON line.order_id = o.id
                   JOIN res_partner AS contact ON contact.id = o.partner_id
                   JOIN %(companies)s ON company.id = o.company_id
                   JOIN product_product AS product ON product.id = line.product_id
                   JOIN product_template AS template
                     ON template.id = product.product_tmpl_id
              LEFT JOIN uom_uom AS sold_in ON sold_in.id = line.product_uom_id
              LEFT JOIN uom_uom AS kept_in ON kept_in.id = template.uom_id
             CROSS JOIN LATERAL (
                   SELECT COALESCE(NULLIF(o.currency_rate, 0), 1) AS own) AS rate
             CROSS JOIN LATERAL (SELECT %(cost)s AS each) AS cost
                  WHERE o.state = 'sale' AND cost.each > 0)
            SELECT partner_id, day, revenue - cost AS amount FROM sold
         UNION ALL
            SELECT sold.partner_id, move.invoice_date,
                   -line.balance / company.rate / sold.revenue
                       * (sold.revenue - sold.cost) / links.lines
              FROM sold
              JOIN sale_order_line_invoice_rel AS link ON link.order_line_id = sold.id
              JOIN account_move_line AS line ON line.id = link.invoice_line_id
              JOIN account_move AS move ON move.id = line.move_id
              JOIN %(companies)s ON company.id = move.company_id
        CROSS JOIN LATERAL (
                   SELECT count(*) AS lines FROM sale_order_line_invoice_rel AS other
                    WHERE other.invoice_line_id = line.id) AS links
             WHERE move.move_type = 'out_refund' AND move.state = 'posted'
               AND sold.revenue > 0
            """,
            companies=self._get_companies_sql("company"),
            cost=self._get_unit_cost_sql(),
        )

    @api.model
    def _get_unit_cost_sql(self):
        """Return the SQL of what one sold unit costs, in the company's currency."""
        standard = SQL(
            "(product.standard_price ->> o.company_id::text)::float8 "
            "* COALESCE(sold_in.factor / NULLIF(kept_in.factor, 0), 1)"
        )
        if "purchase_price" not in self.env["sale.order.line"]._fields:
            return standard
        self.env["sale.order.line"].flush_model(["purchase_price"])
        return SQL("COALESCE(NULLIF(line.purchase_price, 0) / rate.own, %s)", standard)
