from odoo import models
from odoo.tools import SQL

KEY = "return-"


class ResPartner(models.Model):
    """Points of goods that went back go back as well."""

    _inherit = "res.partner"

    def _refresh_purchases(self):
        result = super()._refresh_purchases()
        if self.env["crm.club"]._get_programs():
            self._take_back_points()
        return result

    def _take_back_points(self):
        """Of what orders of these customers earned, let as much be taken back as was
        returned of the order; what is invoiced again after all comes back."""
        # Superuser: the ledger follows from documents, whoever posts them.
        history = self.env["loyalty.history"].sudo()
        vals_list = []
        for number, due, returned in self.env.execute_query(self._get_due_points_sql()):
            line = history.browse(number)
            more = round(due - returned, 2)
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

    def _get_due_points_sql(self):
        """Return a SELECT of id (of the line that an order earned), points to be taken
        back in all, points taken back so far, where they differ."""
        self.env["loyalty.history"].flush_model()
        return SQL(
            """
            WITH bought AS MATERIALIZED (%(purchases)s),
                 returned AS (
                 SELECT order_id, sum(amount) AS amount FROM (%(returns)s) AS back
               GROUP BY order_id),
                 earned AS (
                 SELECT line.id, line.issued, line.issued * LEAST(GREATEST(COALESCE(
                            returned.amount / NULLIF(bought.amount, 0), 0), 0), 1)
                            AS due
                   FROM bought
                   JOIN loyalty_history AS line
                     ON line.order_id = bought.order_id
                    AND line.order_model = 'sale.order'
              LEFT JOIN returned ON returned.order_id = bought.order_id
                  WHERE line.is_settled AND line.issued > 0
                    AND line.reverses_id IS NULL
                    AND line.kind = 'order')
            SELECT earned.id, earned.due, taken.returned
              FROM earned
        CROSS JOIN LATERAL (
                   SELECT COALESCE(sum(used) FILTER (
                            WHERE source_key LIKE %(key)s), 0) - COALESCE(sum((
                            SELECT sum(issued) FROM loyalty_history AS undone
                             WHERE undone.reverses_id = back.id)), 0) AS returned,
                          COALESCE(sum(used) FILTER (
                            WHERE source_key IS NULL), 0) AS cancelled
                     FROM loyalty_history AS back
                    WHERE back.reverses_id = earned.id) AS taken
             WHERE taken.cancelled = 0 AND abs(earned.due - taken.returned) >= 0.01
          ORDER BY earned.id
            """,
            purchases=self._get_purchases_sql(self.ids),
            returns=self._get_returns_sql(self.ids),
            key=f"{KEY}%",
        )
