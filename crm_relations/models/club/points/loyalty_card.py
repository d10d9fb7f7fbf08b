from math import isfinite

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, float_compare

MANAGER = "crm_relations.group_relations_manager"
# What makes a card the wallet of a member.
GUARDED = frozenset({"program_id", "partner_id", "active", "code", "expiration_date"})


class LoyaltyCard(models.Model):
    """The wallet of a member: its points are those of the ledger, at every moment.

    Odoo adds and subtracts points as it always does. For a card of a club the ledger
    reads the lines that say why, books them, and puts its own balance; what no line
    explains was changed by hand and gets a line that says so.
    """

    _inherit = "loyalty.card"

    @api.model_create_multi
    def create(self, vals_list):
        cards = super().create(vals_list)
        club = cards._filter_club()
        if club and not self.env.su:
            raise UserError(
                self.env._("Cards of a club are made as members join: invite them.")
            )
        club._settle({card.id: card.points for card in club})
        return cards

    def write(self, vals):
        if not GUARDED.isdisjoint(vals):
            self._check_may_change_card(vals)
        club = self._filter_club() if "points" in vals else self.browse()
        if not club:
            return super().write(vals)
        self._check_number(vals["points"])
        before = club._lock_points()
        result = super().write(vals)
        club._settle({card.id: card.points - before[card.id] for card in club})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_ledger(self):
        # Superuser: whether there is a line or a member, whoever asks.
        club = self._filter_club().sudo()
        members = self.env["crm.club.membership"].sudo()
        if club.history_ids or members.search_count([("card_id", "in", club.ids)]):
            raise UserError(
                self.env._(
                    "A card of a member, or with points in its ledger, is archived, "
                    "not deleted."
                )
            )

    def _filter_club(self):
        """Return those of these that are wallets of a club's members."""
        programs = self.env["crm.club"]._get_programs()
        if not programs:
            return self.browse()
        # Superuser: to which program a card belongs is no secret.
        return self.filtered(lambda card: card.sudo().program_id.id in programs)

    def _lock_points(self):
        """Lock these cards; return their points of this moment by id."""
        self.flush_recordset(["points"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id, points FROM loyalty_card WHERE id = ANY(%s)"
                " ORDER BY id FOR NO KEY UPDATE",
                list(self.ids),
            )
        )
        return {number: points or 0 for number, points in rows}

    def _check_may_change_card(self, vals):
        """A wallet stays in its program, and with its member."""
        if "program_id" in vals:
            self._check_stays_in_program(vals["program_id"])
        club = self._filter_club()
        # Superuser: who joins, leaves, or is merged takes the card along.
        if not club or self.env.su:
            return
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Cards of a club are changed by a relations manager only.")
            )
        if "partner_id" in vals:
            raise UserError(self.env._("A card of a club stays with its member."))

    def _check_stays_in_program(self, program_id):
        """Refuse to move a wallet out of a club's program, or another card into it."""
        moved = self.filtered(lambda card: card.program_id.id != program_id)
        into = moved and program_id in self.env["crm.club"]._get_programs()
        if into or moved._filter_club():
            raise UserError(self.env._("A card of a club stays in its program."))

    def _check_may_change_points(self):
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "Points of a club come from orders and rules. Only a relations "
                    "manager changes them by hand."
                )
            )

    def _prepare_unexplained(self, change):
        """Return values of the line of a change that no line explains."""
        self.ensure_one()
        self._check_may_change_points()
        return {
            "card_id": self.id,
            "kind": "hand",
            "description": self.env._("Changed by %s", self.env.user.name),
            "issued": max(change, 0),
            "used": max(-change, 0),
        }

    @api.model
    def _check_number(self, points):
        """Refuse what counts nothing: it would stand in all sums."""
        if not isfinite(points or 0):
            raise ValidationError(self.env._("Points are a number."))

    def _is_same(self, one, other):
        return float_compare(one, other, precision_digits=4) == 0
