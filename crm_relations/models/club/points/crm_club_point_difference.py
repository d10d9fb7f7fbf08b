from odoo import api, fields, models
from odoo.exceptions import AccessError

from ....tools.retries import retry


class CrmClubPointDifference(models.Model):
    """A card whose points were not those of its ledger as the night looked. It stands
    here until they are the same again: by themselves, or because somebody brought them
    in line. Written by the check alone."""

    _name = "crm.club.point.difference"
    _description = "Difference of points"
    _order = "closed_at desc, id desc"
    _rec_name = "card_id"

    card_id = fields.Many2one(
        comodel_name="loyalty.card",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(related="card_id.partner_id", string="Member")
    club_id = fields.Many2one(
        comodel_name="crm.club",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="club_id.company_id", store=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        related="club_id.user_id",
        store=True,
        index="btree_not_null",
        help="Who answers for the club; empty: every relations manager is told.",
    )
    summary = fields.Char(string="Name of the Card", readonly=True)
    points = fields.Float(
        string="On the Card", digits=(16, 2), readonly=True, aggregator=None
    )
    ledger_points = fields.Float(
        string="In the Ledger", digits=(16, 2), readonly=True, aggregator=None
    )
    found_on = fields.Date(required=True, readonly=True)
    closed_at = fields.Datetime(string="Settled On", readonly=True)
    closed_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Brought in Line by",
        readonly=True,
        index="btree_not_null",
    )

    _open_uniq = models.UniqueIndex(
        "(card_id) WHERE closed_at IS NULL", "This difference is known already."
    )

    @api.model
    def _cron_check(self):
        """Each night: compare all cards of clubs with their ledgers."""
        # Superuser: cards of all companies are compared.
        retry(self.env, self.sudo()._check_cards)

    @api.model
    def _check_cards(self):
        """Close what is settled, tell what is found; as many statements for one card
        as for many.

        :return: the differences that stand
        """
        found = {card: figures for card, *figures in self._read_off_balance()}
        standing = self.search([("closed_at", "=", False)])
        settled = standing.filtered(lambda one: one.card_id.id not in found)
        settled.closed_at = fields.Datetime.now()
        for one in standing - settled:
            one.points, one.ledger_points = found[one.card_id.id]
        cards = self.env["loyalty.card"].browse(found) - standing.card_id
        return (standing - settled) | self.create(
            [card._prepare_difference(*found[card.id]) for card in cards]
        )

    @api.model
    def _read_off_balance(self):
        return self.env["loyalty.card"]._get_off_balance()

    def action_bring_in_line(self):
        """Put the points that the ledger says on these cards."""
        self.check_access("read")
        if not self.env.user.has_group("crm_relations.group_relations_manager"):
            raise AccessError(
                self.env._("Only a relations manager brings points in line.")
            )
        # Superuser: nobody writes differences nor the ledger; the right has just been
        # checked.
        standing = self.sudo().filtered(lambda one: not one.closed_at)
        standing.card_id._put_ledger_points()
        standing.write(
            {"closed_at": fields.Datetime.now(), "closed_by_id": self.env.uid}
        )

    def action_open_card(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "loyalty.card",
            "res_id": self.card_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
