from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....tools.point_ledger import PLACES

KINDS = [
    ("order", "Order"),
    ("referral", "Referral"),
    ("survey", "Survey Answered"),
    ("event", "Event Attended"),
    ("birthday", "Birthday"),
    ("profile", "Profile Completed"),
    ("hand", "By Hand"),
    ("expiry", "Expired"),
    ("reversal", "Reversed"),
    ("opening", "Balance at the Start"),
]

# What the ledger alone writes.
CLOSED = {
    **dict.fromkeys(("is_settled", "is_pending"), False),
    **dict.fromkeys(("kind", "expires_on", "pending_until"), False),
    **dict.fromkeys(("reverses_id", "source_key", "earned_by"), False),
    **dict.fromkeys(("qualifying", "remaining", "owed", "order_amount"), 0),
}


class LoyaltyHistory(models.Model):
    """The ledger of a club: each line is a lot of points that came in, or a spending.

    Lines of a club's cards are written by the ledger only, and never deleted: what Odoo
    would delete, as it cancels an order, is reversed by a line of its own.
    """

    _inherit = "loyalty.history"

    kind = fields.Selection(selection=KINDS, readonly=True)
    is_settled = fields.Boolean(
        string="In the Ledger", readonly=True, export_string_translation=False
    )
    qualifying = fields.Float(
        readonly=True,
        aggregator="sum",
        help="Points that count for the level. They are never spent.",
    )
    remaining = fields.Float(
        readonly=True, help="What is left of these points to be spent."
    )
    owed = fields.Float(
        readonly=True, help="What was spent and is not covered by any points."
    )
    expires_on = fields.Date(
        string="Last Day to Spend",
        readonly=True,
        help="The last day to spend what is left.",
    )
    is_pending = fields.Boolean(
        string="Pending", readonly=True, help="They cannot be spent yet."
    )
    pending_until = fields.Date(
        readonly=True, help="The day on which they can be spent."
    )
    reverses_id = fields.Many2one(
        comodel_name="loyalty.history",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    source_key = fields.Char(readonly=True, export_string_translation=False)
    earned_by = fields.Json(
        readonly=True,
        export_string_translation=False,
        help="Of each line of the order as it earned these points: how many, and what "
        "was ordered.",
    )
    order_amount = fields.Float(
        readonly=True,
        aggregator=None,
        export_string_translation=False,
        help="What the order came to as it earned these points.",
    )
    use_ids = fields.One2many(
        comodel_name="crm.club.point.use",
        inverse_name="spending_id",
        string="Taken From",
        readonly=True,
    )

    _source_key_uniq = models.UniqueIndex(
        "(card_id, source_key) WHERE source_key IS NOT NULL",
        "These points have been given already.",
    )
    # Lots that expire or ripen in the night.
    _expires_idx = models.Index(
        "(expires_on, card_id) WHERE remaining > 0 AND expires_on IS NOT NULL"
    )
    _pending_idx = models.Index("(pending_until, card_id) WHERE is_pending")
    _left_idx = models.Index("(card_id) WHERE remaining > 0 OR owed > 0")
    _unsettled_idx = models.Index("(card_id) WHERE is_settled IS NOT TRUE")

    @api.model_create_multi
    def create(self, vals_list):
        """Lines of a club's cards that nobody announced explain a change just made: of
        a point of sale, or of a program that hands out cards."""
        if self.env.su:
            return super().create(vals_list)
        # What books a line comes from no client, nor from defaults.
        closed = self._get_closed_values()
        lines = super().create([vals | closed for vals in vals_list])
        # By what came of it: a default may name the card as well. Superuser: the line
        # that it may stand for.
        club = lines.sudo().filtered(lambda line: line.card_id._filter_club())
        if not all(line._takes_place() for line in club):
            self._check_is_ledger()
        return lines

    def write(self, vals):
        cards = self.card_id | self.card_id.browse(vals.get("card_id") or [])
        closed = self._get_closed_values()
        if not closed.keys().isdisjoint(vals) or cards._filter_club():
            self._check_is_ledger()
        return super().write(vals)

    def unlink(self):
        """Lines of a club are reversed instead."""
        club = self.filtered(lambda line: line.card_id._filter_club())
        if club:
            self._check_is_ledger()
            club._reverse()
        return super(LoyaltyHistory, self - club).unlink()

    def _remove(self):
        """Delete these without reversing them."""
        return super().unlink()

    @api.model
    def _get_closed_values(self):
        """Hook: return what the ledger alone writes, with what a line by others has."""
        return CLOSED

    @api.model
    def _check_is_ledger(self):
        if not self.env.su:
            raise AccessError(
                self.env._("The points of a club are written by its ledger only.")
            )

    def _reverse(self):
        """Add the lines that take back what is left of these; who writes the points of
        the card settles them.

        :return: those lines
        """
        vals_list = []
        for line in self.filtered(lambda line: not line.reverses_id):
            spent, earned = line._get_reversed()
            vals_list.append(
                line._prepare_reversal(line.issued - earned, line.used - spent)
            )
        return self.create([vals for vals in vals_list if vals])

    def _get_reversed(self):
        """Return how many points of this spending were given back so far, and how many
        of this earning were taken back."""
        lines = self.search([("reverses_id", "=", self.id)])
        undone = self.search([("reverses_id", "in", lines.ids)])
        earned = sum(lines.mapped("used")) - sum(undone.mapped("issued"))
        return sum(lines.mapped("issued")), earned

    def _prepare_reversal(self, earned, spent, description=None):
        """Return values of a line that takes back ``earned`` points of this one, and
        gives back ``spent``; nothing for nothing."""
        self.ensure_one()
        earned, spent = round(earned, PLACES) + 0.0, round(spent, PLACES) + 0.0
        if not earned and not spent:
            return {}
        if earned < 0 or spent < 0:
            raise UserError(self.env._("More cannot be reversed than there was."))
        share = earned / self.issued if self.issued else 0
        return {
            "card_id": self.card_id.id,
            "kind": "reversal",
            "description": description or self.env._("Reversed: %s", self.description),
            "issued": spent,
            "used": earned,
            "qualifying": -self.qualifying * share,
            "reverses_id": self.id,
            "order_model": self.order_model,
            "order_id": self.order_id,
        }
