from odoo import api, models
from odoo.tools import SQL


class CrmClub(models.Model):
    """Ledgers begin and end with the club: a program whose members have points already
    keeps them, and so it does when the club goes."""

    _inherit = "crm.club"

    @api.model_create_multi
    def create(self, vals_list):
        clubs = super().create(vals_list)
        clubs._open_ledgers()
        return clubs

    def unlink(self):
        self.check_access("unlink")  # before the cards are touched
        self._close_ledgers()
        return super().unlink()

    def _open_ledgers(self):
        """Take the cards of these programs into the ledger; two statements.

        The points on a card are what is left of its latest earnings; what those do not
        explain is a line of its own.
        """
        self.env.flush_all()
        self.env.cr.execute(self._get_kept_sql())
        self.env.cr.execute(self._get_rest_sql())
        self.env["loyalty.history"].invalidate_model()

    def _get_kept_sql(self):
        """Return an UPDATE that books the lines that no ledger has booked."""
        return SQL(
            """
            WITH line AS (
                 SELECT line.id, line.issued, card.unbooked AS points,
                        sum(line.issued) OVER (
                            PARTITION BY line.card_id ORDER BY line.id DESC)
                        - line.issued AS later
                   FROM loyalty_history AS line
                   JOIN (%(cards)s) AS card ON card.id = line.card_id
                  WHERE line.is_settled IS NOT TRUE)
            UPDATE loyalty_history AS kept
               SET is_settled = TRUE, owed = 0, is_pending = FALSE,
                   kind = CASE WHEN order_model IS NULL THEN 'hand' ELSE 'order' END,
                   qualifying = CASE WHEN order_model IS NULL THEN 0
                                     ELSE line.issued END,
                   remaining = GREATEST(LEAST(line.issued, line.points - line.later), 0)
              FROM line WHERE line.id = kept.id
            """,
            cards=self._get_unbooked_sql(),
        )

    def _get_rest_sql(self):
        """Return an INSERT of what no booked line explains."""
        return SQL(
            """
            INSERT INTO loyalty_history (card_id, kind, description, issued, used,
                   remaining, owed, is_settled, is_pending, create_uid, write_uid,
                   create_date, write_date)
            SELECT card.id, 'opening', %(description)s,
                   GREATEST(card.unbooked, 0), GREATEST(-card.unbooked, 0),
                   GREATEST(card.unbooked, 0), GREATEST(-card.unbooked, 0),
                   TRUE, FALSE, %(uid)s, %(uid)s, %(now)s, %(now)s
              FROM (%(cards)s) AS card
             WHERE abs(card.unbooked) > 0.0001
            """,
            cards=self._get_unbooked_sql(),
            description=self.env._("Balance as the club began"),
            uid=self.env.uid,
            # Odoo's clock: it writes dates of creation by it.
            now=self.env.cr.now(),
        )

    def _get_unbooked_sql(self):
        """Return a SELECT of the cards, and how many of their points no booked line
        explains: points that wait are not on the card, what is owed is off it."""
        return SQL(
            """
            SELECT card.id, card.points - COALESCE((
                       SELECT sum(CASE WHEN is_pending THEN 0 ELSE remaining END - owed)
                         FROM loyalty_history
                        WHERE card_id = card.id AND is_settled), 0) AS unbooked
              FROM loyalty_card AS card
             WHERE card.program_id = ANY(%s)
            """,
            list(self.program_id.ids),
        )

    def _close_ledgers(self):
        """Leave the cards of these to Odoo, which knows of no points that wait: they
        can be spent, and nothing lapses any more; two statements."""
        values = {"programs": list(self.program_id.ids)}
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_card AS card SET points = card.points + waiting.points
                  FROM (SELECT card_id, sum(remaining) AS points FROM loyalty_history
                         WHERE is_pending GROUP BY card_id) AS waiting
                 WHERE waiting.card_id = card.id
                   AND card.program_id = ANY(%(programs)s)
                """,
                **values,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_history AS line
                   SET remaining = 0, owed = 0, is_pending = FALSE
                  FROM loyalty_card AS card
                 WHERE card.id = line.card_id AND card.program_id = ANY(%(programs)s)
                   AND (remaining > 0 OR owed > 0)
                """,
                **values,
            )
        )
        self.env["loyalty.card"].invalidate_model(["points"])
        self.env["loyalty.history"].invalidate_model()
