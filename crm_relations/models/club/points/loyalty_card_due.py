from odoo import api, models
from odoo.tools import SQL

from ....tools.retries import retry

BATCH = 1000


class LoyaltyCard(models.Model):
    """Points whose day has come: those that waited can be spent, the others lapse."""

    _inherit = "loyalty.card"

    @api.model
    def _cron_points_due(self):
        """Let pending points ripen and expired ones lapse, in batches of cards."""
        progress = self.env["ir.cron"]._commit_progress
        while count := retry(self.env, self._let_some_due):
            if not progress(count, remaining=1):
                return  # and go on at once
        progress(0, remaining=0)

    def _let_some_due(self):
        """Do it for a batch of cards; return how many they are."""
        cards = self._take_due(limit=BATCH)
        cards._let_due()
        return len(cards)

    def _bring_up_to_date(self):
        """Do for these cards what the night would do, before somebody spends."""
        # Superuser: the ledger; nothing is decided but by its dates.
        club = self.sudo()._filter_club()
        due = club and club._take_due()
        if due:
            due._let_due()

    def _take_due(self, limit=None):
        """Return those of these cards (of all, when there are none) of which something
        is due today, locked; those that others work on are left to them."""
        self.env["loyalty.history"].flush_model()
        self.env["loyalty.card"].flush_model(["points", "company_id"])
        companies = self.env["res.company"]._get_all_for_relations()
        only = SQL("AND due.card_id = ANY(%s)", list(self.ids)) if self else SQL()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT card.id FROM loyalty_card AS card
                 WHERE card.id IN (
                       SELECT due.card_id FROM loyalty_history AS due
                         JOIN loyalty_card AS own ON own.id = due.card_id
                        WHERE due.is_pending AND due.pending_until <= %(latest)s
                          AND due.pending_until <= %(today)s %(only)s
                    UNION ALL
                       SELECT due.card_id FROM loyalty_history AS due
                         JOIN loyalty_card AS own ON own.id = due.card_id
                        WHERE due.remaining > 0 AND due.expires_on < %(latest)s
                          AND due.expires_on < %(today)s
                          AND due.is_pending IS NOT TRUE %(only)s)
              ORDER BY card.id LIMIT %(limit)s FOR NO KEY UPDATE SKIP LOCKED
                """,
                # For the index: nowhere is it later.
                latest=max(each._get_relations_today() for each in companies),
                today=self._get_today_sql("own"),
                only=only,
                limit=limit,
            )
        )
        return self.browse(number for (number,) in rows)

    def _let_due(self):
        if self:
            self._ripen()
            self._expire()

    def _ripen(self):
        """What waited can be spent; it pays what is owed."""
        self.env["loyalty.history"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT due.id FROM loyalty_history AS due
                  JOIN loyalty_card AS own ON own.id = due.card_id
                 WHERE due.card_id = ANY(%s) AND due.is_pending
                   AND due.pending_until <= %s
                """,
                list(self.ids),
                self._get_today_sql("own"),
            )
        )
        lines = self.env["loyalty.history"].browse(number for (number,) in rows)
        if not lines:
            return
        ripe = set(lines.ids)
        ledgers = lines.card_id._read_ledgers(lines.browse())
        for ledger in ledgers.values():
            ledger.ripen(*(lot for lot in ledger.lots if lot.id in ripe))
        lines.card_id._write_ledgers(ledgers)

    def _expire(self):
        """Let what is left of lots lapse after their last day: a line for each card.

        Nothing is owed on a card with something left, so that the sums are enough; one
        statement.
        """
        self.env["loyalty.history"].flush_model()
        self.env.cr.execute(self._get_expiry_sql())
        self.env["loyalty.history"].invalidate_model()
        self.env["crm.club.point.use"].invalidate_model()
        self.invalidate_recordset(["points"])

    def _get_expiry_sql(self):
        return SQL(
            """
                WITH due AS (
                     SELECT lot.id, lot.card_id, lot.remaining
                       FROM loyalty_history AS lot
                       JOIN loyalty_card AS own ON own.id = lot.card_id
                      WHERE lot.card_id = ANY(%(cards)s) AND lot.remaining > 0
                        AND lot.is_pending IS NOT TRUE
                        AND lot.expires_on < %(today)s),
                     lapse AS (
                     INSERT INTO loyalty_history (card_id, kind, description, used,
                            issued, remaining, owed, is_settled, is_pending,
                            create_uid, write_uid, create_date, write_date)
                     SELECT card_id, 'expiry', %(description)s, sum(remaining), 0, 0, 0,
                            TRUE, FALSE, %(uid)s, %(uid)s, %(now)s, %(now)s
                       FROM due GROUP BY card_id
                  RETURNING id, card_id, used),
                     pairs AS (
                     INSERT INTO crm_club_point_use (spending_id, lot_id, points)
                     SELECT lapse.id, due.id, due.remaining
                       FROM due JOIN lapse USING (card_id)),
                     emptied AS (
                     UPDATE loyalty_history AS lot SET remaining = 0
                       FROM due WHERE lot.id = due.id)
                UPDATE loyalty_card AS card
                   SET points = round((card.points - lapse.used)::numeric, 4)
                  FROM lapse WHERE card.id = lapse.card_id
                """,
            cards=list(self.ids),
            today=self._get_today_sql("own"),
            description=self.env._("Expired"),
            uid=self.env.uid,
            # Odoo's clock: it writes dates of creation by it.
            now=self.env.cr.now(),
        )

    @api.model
    def _get_today_sql(self, alias):
        """Return the SQL of the present day of the company of the card ``alias``."""
        default = self.env["res.company"]._get_relations_default()
        company = SQL.identifier(alias, "company_id")
        return SQL(
            "COALESCE(%s, %s::date)",
            self.env["res.partner"]._get_today_of_sql(company),
            default._get_relations_today(),  # of no company, or of one that is closed
        )

    @api.model
    def _get_today_of_all(self):
        return self.env["res.company"]._get_relations_default()._get_relations_today()

    @api.model
    def _get_off_balance(self):
        """Return the cards whose points are not those of their ledger.

        :return: ``[(card id, points, points of the ledger)]``
        """
        programs = self.env["crm.club"]._get_programs()
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT card.id, card.points, ledger.points
                  FROM loyalty_card AS card
            CROSS JOIN LATERAL (
                       SELECT COALESCE(sum(CASE WHEN is_pending THEN 0
                                           ELSE COALESCE(remaining, 0) END)
                                     - sum(COALESCE(owed, 0)), 0) AS points
                         FROM loyalty_history WHERE card_id = card.id) AS ledger
                 WHERE card.program_id = ANY(%s)
                   AND abs(COALESCE(card.points, 0) - ledger.points) > 0.0001
                """,
                list(programs),
            )
        )

    def _prepare_difference(self, points, ledger_points):
        self.ensure_one()
        club = self.program_id._get_club()
        return {
            "card_id": self.id,
            "club_id": club.id,
            "summary": self.display_name,
            "points": points,
            "ledger_points": ledger_points,
            "found_on": club._get_today(),
        }

    def _put_ledger_points(self):
        """Let these cards have the points that their ledgers say."""
        self._lock_points()
        self._write_ledgers(self._read_ledgers(self.env["loyalty.history"]))
