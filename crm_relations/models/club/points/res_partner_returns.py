from odoo import models
from odoo.tools import SQL

KEY = "return-"


class ResPartner(models.Model):
    """Points of goods that went back, or are ordered no more, go back as well."""

    _inherit = "res.partner"

    def _refresh_purchases(self):
        result = super()._refresh_purchases()
        if self.env["crm.club"]._get_programs():
            self._take_back_points()
        return result

    def _take_back_points(self):
        """Of what orders of these customers earned, let as much be taken back as was
        returned of the order, or is ordered no more; what counts again comes back."""
        # Superuser: the ledger follows from documents, whoever posts them.
        history = self.env["loyalty.history"].sudo()
        rows = self.env.execute_query(self._get_returned_points_sql())
        lines = history.browse(number for number, _taken, _shares in rows)
        vals_list = []
        for line, (_number, taken, shares) in zip(lines, rows, strict=True):
            more = round(line._get_points_due(shares) - taken, 2)
            if more > 0:
                vals_list.append(line._prepare_return(more))
            elif more < 0:
                vals_list += line._prepare_returns_undone(-more)
        if not vals_list:
            return
        cards = history.browse(vals["reverses_id"] for vals in vals_list).card_id
        cards._lock_points()
        lines = history.create(vals_list).grouped("card_id")
        cards._settle({card.id: lines[card]._get_net() for card in cards})

    def _get_returned_points_sql(self):
        """Return a SELECT of id (of the line that an order earned), points taken back
        so far, and of what came back how much by line of the order: of orders of which
        something came back or was taken back, and of those that are worth less than
        they were."""
        self.env["loyalty.history"].flush_model()
        return SQL(
            """
            WITH bought AS MATERIALIZED (%(purchases)s),
                 returned AS (
                 SELECT order_id, jsonb_object_agg(order_line_id, share) AS shares
                   FROM (SELECT order_id, order_line_id, sum(share) AS share
                           FROM (%(returns)s) AS back
                       GROUP BY order_id, order_line_id) AS line
               GROUP BY order_id)
            SELECT line.id, taken.returned, COALESCE(returned.shares, '{}')
              FROM bought
              JOIN sale_order AS o ON o.id = bought.order_id
              JOIN loyalty_history AS line
                ON line.order_id = bought.order_id
               AND line.order_model = 'sale.order'
         LEFT JOIN returned ON returned.order_id = bought.order_id
        CROSS JOIN LATERAL (
                   SELECT COALESCE(sum(used) FILTER (
                            WHERE source_key LIKE %(key)s), 0) - COALESCE(sum((
                            SELECT sum(issued) FROM loyalty_history AS undone
                             WHERE undone.reverses_id = back.id)), 0) AS returned,
                          COALESCE(sum(used) FILTER (
                            WHERE source_key IS NULL), 0) AS cancelled
                     FROM loyalty_history AS back
                    WHERE back.reverses_id = line.id) AS taken
             WHERE line.is_settled AND line.issued > 0 AND line.reverses_id IS NULL
               AND line.kind = 'order' AND taken.cancelled = 0
               AND (returned.order_id IS NOT NULL OR taken.returned <> 0
                    OR o.amount_untaxed < line.order_amount)
          ORDER BY line.id
            """,
            purchases=self._get_purchases_sql(self.ids),
            returns=self._get_returns_sql(self.ids),
            key=f"{KEY}%",
        )
