from odoo import api, models


class LoyaltyCard(models.Model):
    """A point of sale makes a card for each customer that it knows by name, and lets
    nothing stop the sale. In the program of a club only members earn: others get a
    blank card, which is archived, holds no points and is that of the customer once it
    joins."""

    _inherit = "loyalty.card"

    @api.model_create_multi
    def create(self, vals_list):
        if not any(map(self._is_for_nobody, vals_list)):
            return super().create(vals_list)
        found = [self._find_blank(vals) for vals in vals_list]
        missing = [
            self._prepare_blank(vals)
            for vals, card in zip(vals_list, found, strict=True)
            if not card
        ]
        made = iter(super().create(missing))
        return self.browse((card or next(made)).id for card in found)

    @api.model
    def _is_for_nobody(self, vals):
        """Return whether these would make a card of a club for who is no member."""
        programs = self.env["crm.club"]._get_programs()
        return vals.get("program_id") in programs and self._is_made_by_till(vals)

    @api.model
    def _is_made_by_till(self, vals):
        """Return whether these are the values by which a point of sale makes a card.

        It makes none for somebody who has one: so this one is no active member.
        """
        return bool(vals.get("source_pos_order_id"))

    @api.model
    def _prepare_blank(self, vals):
        if not self._is_for_nobody(vals):
            return vals
        return {**vals, "active": False, "points": 0}

    @api.model
    def _find_blank(self, vals):
        """Return the blank card that this customer has already, if any."""
        if not vals.get("partner_id") or not self._is_for_nobody(vals):
            return self.browse()
        return self.search(
            [
                ("program_id", "=", vals["program_id"]),
                ("partner_id", "=", vals["partner_id"]),
                ("active", "=", False),
            ]
        )._filter_blank()[:1]

    def _filter_blank(self):
        """Return those of these that are of a club and of no member of it."""
        archived = self.filtered(lambda card: not card.active)
        club = archived and archived._filter_club()
        if not club:
            return self.browse()
        # Superuser: whether there is a member, whoever sells.
        members = self.env["crm.club.membership"].sudo()
        members = members.search([("card_id", "in", club.ids)])
        # With points, or a ledger, it has been somebody's.
        return club.filtered(
            lambda card: (
                card.id not in members.card_id.ids
                and not card.sudo().history_ids
                and not card.points
            )
        )

    def write(self, vals):
        """What a sale would earn or cost somebody who is no member is left out."""
        blank = self._filter_blank() if "points" in vals else self.browse()
        if not blank:
            return super().write(vals)
        kept = {name: value for name, value in vals.items() if name != "points"}
        super(LoyaltyCard, blank).write(kept)
        return super(LoyaltyCard, self - blank).write(vals)

    def _send_creation_communication(self, force_send=False):
        """Nobody is told of a card that he has not got."""
        told = self - self._filter_blank()
        return super(LoyaltyCard, told)._send_creation_communication(force_send)
