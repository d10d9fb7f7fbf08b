from odoo import api, models
from odoo.tools import SQL


class CrmClub(models.Model):
    """A club whose program has members with points already: they keep them."""

    _inherit = "crm.club"

    @api.model_create_multi
    def create(self, vals_list):
        clubs = super().create(vals_list)
        clubs._open_ledgers()
        return clubs

    def _open_ledgers(self):
        """Take the cards of these programs into the ledger.

        The points on a card are what is left of its latest earnings; what those do not
        explain is a line of its own. Three statements.
        """
        programs = list(self.program_id.ids)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH line AS (
                     SELECT line.id, line.issued, card.points,
                            sum(line.issued) OVER (
                                PARTITION BY line.card_id ORDER BY line.id DESC)
                            - line.issued AS later
                       FROM loyalty_history AS line
                       JOIN loyalty_card AS card ON card.id = line.card_id
                      WHERE card.program_id = ANY(%(programs)s)
                        AND line.is_settled IS NOT TRUE)
                UPDATE loyalty_history AS kept
                   SET is_settled = TRUE, owed = 0, is_pending = FALSE,
                       kind = CASE WHEN order_model IS NULL THEN 'hand'
                                   ELSE 'order' END,
                       qualifying = CASE WHEN order_model IS NULL THEN 0
                                         ELSE line.issued END,
                       remaining = GREATEST(
                            LEAST(line.issued, line.points - line.later), 0)
                  FROM line WHERE line.id = kept.id
                """,
                programs=programs,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO loyalty_history (card_id, kind, description, issued, used,
                       remaining, owed, is_settled, is_pending, create_uid, write_uid,
                       create_date, write_date)
                SELECT card.id, 'opening', %(description)s,
                       GREATEST(rest.points, 0), GREATEST(-rest.points, 0),
                       GREATEST(rest.points, 0), GREATEST(-rest.points, 0), TRUE, FALSE,
                       %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM loyalty_card AS card
            CROSS JOIN LATERAL (
                       SELECT card.points - COALESCE(sum(remaining), 0) AS points
                         FROM loyalty_history WHERE card_id = card.id) AS rest
                 WHERE card.program_id = ANY(%(programs)s)
                   AND abs(rest.points) > 0.0001
                """,
                programs=programs,
                description=self.env._("Balance as the club began"),
                uid=self.env.uid,
                # Odoo's clock: it writes dates of creation by it.
                now=self.env.cr.now(),
            )
        )
        self.env["loyalty.history"].invalidate_model()
