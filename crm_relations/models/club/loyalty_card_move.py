from odoo import models
from odoo.exceptions import UserError, ValidationError


class LoyaltyCard(models.Model):
    """Points in and out that do not come from Odoo's orders."""

    _inherit = "loyalty.card"

    def _earn(self, points, kind, description, qualifying=0, source=None, key=None):
        """Give points to each of these cards of a club.

        :param kind: of ``loyalty.history``
        :param qualifying: how many of them count for the level
        :param source: the record they are for
        :param key: on each card the same is earned once
        :return: the lines, none for cards that have earned this before
        :raise ValidationError: the points are negative
        """
        self._check_number(points)
        if points < 0:
            raise ValidationError(self.env._("Points cannot be negative."))
        # Superuser: the ledger; whoever calls this decides for what there are points.
        cards = self.sudo()._filter_club()
        cards._lock_points()
        history = self.env["loyalty.history"].sudo()
        if key:
            known = history.search(
                [("card_id", "in", cards.ids), ("source_key", "=", key)]
            )
            cards -= known.card_id
        lines = history.create(
            [
                {
                    "card_id": card.id,
                    "kind": kind,
                    "description": description,
                    "issued": points,
                    "qualifying": qualifying,
                    "source_key": key,
                    **self._prepare_source(source),
                }
                for card in cards
            ]
        )
        cards._settle(dict.fromkeys(cards.ids, points))
        return lines

    def _spend(self, points, description, source=None, kind="hand"):
        """Take points from this card of a club.

        :return: the line
        :raise ValidationError: the points are not positive
        :raise UserError: there are not enough
        """
        self.ensure_one()
        self._check_number(points)
        if points <= 0:
            raise ValidationError(self.env._("Points to spend must be positive."))
        # Superuser: the ledger, as above.
        card = self.sudo()._filter_club()
        card._bring_up_to_date()
        usable = card._lock_points()[card.id]
        if usable < points:
            raise UserError(
                self.env._(
                    "There are only %(usable)s points to spend.",
                    usable=round(usable, 2),
                )
            )
        line = self.env["loyalty.history"].sudo()
        line = line.create(
            {
                "card_id": card.id,
                "kind": kind,
                "description": description,
                "used": points,
                **self._prepare_source(source),
            }
        )
        card._settle({card.id: -points})
        return line

    def _prepare_source(self, source):
        if not source:
            return {}
        source.ensure_one()
        return {"order_model": source._name, "order_id": source.id}
