from odoo import models
from odoo.tools import SQL

EARNED_BY_ORDER = "order"


class LoyaltyHistory(models.Model):
    """What a line means for the ledger of its card."""

    _inherit = "loyalty.history"

    def _get_net(self):
        return sum(line.issued - line.used for line in self)

    def _get_told(self, change):
        """Return those of these waiting lines of one card that tell this change: all of
        them, or the first that does so alone."""
        same = self.env["loyalty.card"]._is_same
        if same(self._get_net(), change):
            return self
        alone = self.filtered(lambda line: same(line._get_net(), change))
        return alone[:1] if alone or same(change, 0) else self

    def _book(self, ledger):
        """Spend first what was there, then come in: points of an order that wait are
        not spent by the same order."""
        self.ensure_one()
        last_day = self._set_terms()
        if self.used:
            ledger.spend(self.id, self.used)
        ledger.earn(
            self.id, self.issued, self.expires_on or None, bool(self.pending_until)
        )
        if self.kind != "expiry" and self.card_id._is_renewed():
            ledger.renew(last_day)

    def _set_terms(self):
        """Say what kind of movement this is, what of it counts for the level, and from
        when until when its points can be spent; return the last day of points that
        move now."""
        self.kind = self.kind or (EARNED_BY_ORDER if self.order_model else "hand")
        card = self.card_id
        day = card._get_today()
        if self.kind == EARNED_BY_ORDER and self.issued:
            self.qualifying = self.qualifying or self.issued
            self.pending_until = card._get_ripe_day(day)
            self._keep_order()
        last_day = card._get_last_day(self.pending_until or day)
        self.expires_on = self.issued and last_day
        return last_day

    def _book_reversal(self, ledger):
        self.ensure_one()
        original = self.reverses_id.id
        fresh = ledger.give_back(original, self.issued)
        ledger.earn(self.id, fresh)
        if self.used:
            ledger.take_back(self.id, original, self.used)

    def _tell_standing(self, user):
        """Return in words what has become of these points: when they can be spent, or
        until when, what is left of them."""
        self.ensure_one()
        if self.is_pending:
            day = user._tell_day(self.pending_until)
            return self.env._("from %(day)s on", day=day)
        if not self.remaining or not self.expires_on:
            return ""
        return self.env._(
            "%(left)s until %(day)s",
            left=self.card_id._format_points(self.remaining),
            day=user._tell_day(self.expires_on),
        )

    def _takes_place(self):
        """Let this line stand for the one that says that somebody has just changed the
        points by as much; return whether there was one."""
        self.ensure_one()
        # The same moment of creation: of the same transaction.
        twin = self.search(
            [
                ("id", "!=", self.id),
                ("card_id", "=", self.card_id.id),
                ("kind", "=", "hand"),
                ("is_settled", "=", True),
                ("issued", "=", self.issued),
                ("used", "=", self.used),
                ("create_date", "=", self.create_date),
            ],
            limit=1,
        )
        if twin:
            self._take_place_of(twin)
        return bool(twin)

    def _take_place_of(self, twin):
        self.write(
            {
                "kind": EARNED_BY_ORDER if self.order_model else twin.kind,
                "qualifying": self.issued if self.order_model else 0,
                "is_settled": True,
                **{name: twin[name] for name in ("remaining", "owed", "expires_on")},
            }
        )
        self.env.flush_all()
        for column in ("spending_id", "lot_id"):
            self.env.cr.execute(
                SQL(
                    "UPDATE crm_club_point_use SET %(column)s = %(new)s"
                    " WHERE %(column)s = %(old)s",
                    column=SQL.identifier(column),
                    new=self.id,
                    old=twin.id,
                )
            )
        self.env["crm.club.point.use"].invalidate_model()
        # Not ``unlink``, which reverses: nothing has happened twice.
        return twin._remove()
