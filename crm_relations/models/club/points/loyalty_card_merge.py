from odoo import models
from odoo.tools import SQL


class LoyaltyCard(models.Model):
    """Two wallets of one member become one."""

    _inherit = "loyalty.card"

    def _move_ledger(self, card):
        """Move all lines of these cards to another one, which then has their points."""
        if not self:
            return
        both = self | card
        both._lock_points()
        self.env["loyalty.history"].flush_model()
        # What was earned twice by the same key stays: the key goes.
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_history AS line
                   SET card_id = %(kept)s,
                       source_key = CASE WHEN EXISTS (
                            SELECT FROM loyalty_history AS other
                             WHERE other.source_key = line.source_key
                               AND other.card_id = ANY(%(both)s) AND other.id < line.id)
                            THEN NULL ELSE source_key END
                 WHERE card_id = ANY(%(gone)s)
                """,
                kept=card.id,
                both=list(both.ids),
                gone=list(self.ids),
            )
        )
        self.env["loyalty.history"].invalidate_model()
        self._move_orders(card)
        ledgers = both._read_ledgers(self.env["loyalty.history"])
        for ledger in ledgers.values():
            ledger.pay_from_all()
        both._write_ledgers(ledgers)

    def _move_orders(self, card):
        """Let orders earn on and spend from the card that stays; what both say of one
        order is summed up."""
        self.env.flush_all()
        values = {"kept": card.id, "gone": list(self.ids)}
        for statement in (
            """
            UPDATE sale_order_coupon_points AS entry SET points = entry.points + (
                   SELECT COALESCE(sum(other.points), 0)
                     FROM sale_order_coupon_points AS other
                    WHERE other.order_id = entry.order_id
                      AND other.coupon_id = ANY(%(gone)s))
             WHERE entry.coupon_id = %(kept)s
            """,
            """
            DELETE FROM sale_order_coupon_points AS other
             WHERE coupon_id = ANY(%(gone)s) AND EXISTS (
                   SELECT FROM sale_order_coupon_points AS entry
                    WHERE entry.order_id = other.order_id
                      AND (entry.coupon_id = %(kept)s OR entry.coupon_id = ANY(%(gone)s)
                                                     AND entry.id < other.id))
            """,
            """
            UPDATE sale_order_coupon_points SET coupon_id = %(kept)s
             WHERE coupon_id = ANY(%(gone)s)
            """,
            "UPDATE sale_order_line SET coupon_id = %(kept)s"
            " WHERE coupon_id = ANY(%(gone)s)",
        ):
            self.env.cr.execute(SQL(statement, **values))
        self.env.invalidate_all()
