from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ....tools.counted import tell_points


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
        return self._earn_each(
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
                for card in self
            ]
        )

    @api.model
    def _earn_each(self, vals_list):
        """Give points to cards of a club, to each its own.

        The number of statements does not depend on how many.

        :param vals_list: values of lines of ``loyalty.history``
        :return: the lines, without those whose key their card has earned before
        :raise ValidationError: points are negative
        """
        self._check_earned(vals_list)
        # Superuser: the ledger; whoever calls this decides for what there are points.
        cards = self.sudo().browse({vals["card_id"] for vals in vals_list})
        cards = cards._filter_club()
        cards._lock_points()
        fresh = cards._filter_fresh(vals_list)
        lines = self.env["loyalty.history"].sudo().create(fresh)
        lines.card_id._settle(
            {
                card.id: some._get_net()
                for card, some in lines.grouped("card_id").items()
            }
        )
        return lines

    def _check_earned(self, vals_list):
        for points in {vals["issued"] for vals in vals_list}:
            self._check_number(points)
        if any(min(vals["issued"], vals["qualifying"]) < 0 for vals in vals_list):
            raise ValidationError(self.env._("Points cannot be negative."))

    def _filter_fresh(self, vals_list):
        """Return those of these values that are for these cards, each key once."""
        earned = self._get_earned({vals["source_key"] for vals in vals_list})
        fresh = []
        for vals in vals_list:
            once = vals["card_id"], vals["source_key"]
            if vals["card_id"] in self._ids and once not in earned:
                fresh.append(vals)
                earned |= {once} if vals["source_key"] else set()
        return fresh

    def _get_earned(self, keys):
        """Return ``{(card id, key)}``: which of these were earned on these cards."""
        # Superuser: the ledger, as above.
        lines = self.env["loyalty.history"].sudo()
        keys = [key for key in keys if key]
        lines = keys and lines.search(
            [("card_id", "in", self.ids), ("source_key", "in", keys)]
        )
        return {(line.card_id.id, line.source_key) for line in lines or ()}

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
                    "To spend there is no more than %s.",
                    tell_points(self.env, round(usable, 2)),
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
