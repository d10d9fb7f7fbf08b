from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.point_ledger import Lot, PointLedger, get_last_day


class LoyaltyCard(models.Model):
    """How lines are booked: read the ledgers of the cards, book, write what changed.

    The number of statements does not depend on the number of cards.
    """

    _inherit = "loyalty.card"

    def _settle(self, changes):
        """Book the lines that are not booked yet.

        :param changes: ``{id: points}`` by which somebody has just changed the cards
        """
        if not self:
            return
        # Superuser: the ledger; who may change points is asked for what it does not
        # explain.
        history = self.env["loyalty.history"].sudo()
        waiting = history.search(
            [("card_id", "in", self.ids), ("is_settled", "=", False)], order="id"
        ).grouped("card_id")
        lines = history.browse()
        vals_list = []
        for card in self:
            told = waiting.get(card.sudo(), history)._get_told(changes[card.id])
            lines |= told
            rest = changes[card.id] - told._get_net()
            if not card._is_same(rest, 0):
                vals_list.append(card._prepare_unexplained(rest))
        lines |= history.create(vals_list)
        if lines:
            self.sudo()._book(lines)

    def _book(self, lines):
        """Book these lines of these cards, in their order, and put the balances."""
        ledgers = self._read_ledgers(lines.reverses_id)
        for line in lines:
            ledger = ledgers[line.card_id.id]
            if line.reverses_id:
                line._book_reversal(ledger)
            else:
                line._book(ledger)
        lines.is_settled = True
        self._write_ledgers(ledgers)

    def _read_ledgers(self, reversed_lines):
        """Return ``{id: PointLedger}``: what is left and owed, all that these reversed
        lines have to do with, what has lapsed of them included, and what those that owe
        have taken so far, to which a payment is added; two queries."""
        self.env["loyalty.history"].flush_model()
        self.env["crm.club.point.use"].flush_model()
        numbers = list(reversed_lines.ids)
        ledgers = {card.id: PointLedger() for card in self}
        for number, card, left, owed, last_day, pending in self.env.execute_query(
            SQL(
                """
                SELECT id, card_id, remaining, owed, expires_on, is_pending
                  FROM loyalty_history
                 WHERE card_id = ANY(%(cards)s) AND is_settled
                   AND (remaining > 0 OR owed > 0 OR id = ANY(%(reversed)s)
                        OR id IN (SELECT lot_id FROM crm_club_point_use
                                   WHERE spending_id = ANY(%(reversed)s)))
              ORDER BY id
                """,
                cards=list(self.ids),
                reversed=numbers,
            )
        ):
            lot = Lot(number, left or 0, last_day, bool(pending))
            ledgers[card].lots.append(lot)
            if owed:
                ledgers[card].owed[number] = owed
                numbers.append(number)
        if numbers:
            self._read_uses(ledgers, numbers, reversed_lines)
        return ledgers

    @api.model
    def _read_uses(self, ledgers, numbers, reversed_lines):
        """Let ledgers know what lines of these numbers have taken, and what has lapsed
        of reversed lines; one query."""
        for spending, lot, points, card, is_lapsed in self.env.execute_query(
            SQL(
                """
                SELECT used.spending_id, used.lot_id, used.points, line.card_id,
                       used.spending_id <> ALL(%(numbers)s) AS is_lapsed
                  FROM crm_club_point_use AS used
                  JOIN loyalty_history AS line ON line.id = used.spending_id
                 WHERE used.spending_id = ANY(%(numbers)s)
                    OR used.lot_id = ANY(%(reversed)s) AND line.kind = 'expiry'
              ORDER BY used.id
                """,
                numbers=numbers,
                reversed=list(reversed_lines.ids),
            )
        ):
            ledger = ledgers[card]
            pairs = ledger.lapsed if is_lapsed else ledger.uses
            pairs[spending, lot] = points

    def _write_ledgers(self, ledgers):
        """Write what ledgers say of lots, uses and the cards; three statements, and one
        where something that had lapsed went back."""
        lots = [lot for ledger in ledgers.values() for lot in ledger.lots]
        owed = {}
        uses = {}
        went_back = {}
        for ledger in ledgers.values():
            owed |= ledger.owed
            uses |= ledger.uses | ledger.lapsed
            went_back |= ledger.went_back
        if went_back:
            self._lessen_lapsed(went_back)
        self._write_lots(lots, owed)
        self.env["crm.club.point.use"]._put(uses)
        self._put_points({number: one.balance for number, one in ledgers.items()})

    def _lessen_lapsed(self, points):
        """Write that so much less has lapsed by these lines: it went back."""
        history = self.env["loyalty.history"]
        history.flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_history AS line SET used = line.used - less.points
                  FROM unnest(%s::int[], %s::float[]) AS less(id, points)
                 WHERE line.id = less.id
                """,
                list(points),
                list(points.values()),
            )
        )
        history.invalidate_model(["used"])

    def _write_lots(self, lots, owed):
        history = self.env["loyalty.history"]
        history.flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_history AS line
                   SET remaining = booked.remaining, owed = booked.owed,
                       is_pending = booked.is_pending, expires_on = booked.expires_on
                  FROM unnest(%s::int[], %s::float[], %s::float[], %s::bool[],
                              %s::date[])
                       AS booked(id, remaining, owed, is_pending, expires_on)
                 WHERE line.id = booked.id
                """,
                [lot.id for lot in lots],
                [lot.left for lot in lots],
                [owed.get(lot.id, 0) for lot in lots],
                [lot.pending for lot in lots],
                [lot.expires_on for lot in lots],
            )
        )
        names = ["remaining", "owed", "is_pending", "expires_on"]
        history.invalidate_model(names)

    def _put_points(self, points):
        """Write the balances of these cards, past ``write``: the ledger says so."""
        self.flush_recordset(["points"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_card AS card SET points = booked.points
                  FROM unnest(%s::int[], %s::float[]) AS booked(id, points)
                 WHERE card.id = booked.id
                   AND card.points IS DISTINCT FROM booked.points
                """,
                list(points),
                list(points.values()),
            )
        )
        self.invalidate_recordset(["points"])

    def _get_last_day(self, day):
        """Return the last day of points earned on a day on this card, or None."""
        club = self.program_id._get_club()
        return get_last_day(day, club.expiry, club.expiry_months)

    def _get_today(self):
        company = self.company_id or self.env["res.company"]._get_relations_default()
        return company._get_relations_today()

    def _get_ripe_day(self, day):
        """Return the day on which points of an order can be spent, or False."""
        days = self.program_id._get_club().pending_days
        return days and fields.Date.add(day, days=days)

    def _is_renewed(self):
        """Return whether each movement lets all points last longer."""
        return self.program_id._get_club().expiry == "activity"
