from odoo import api, fields, models
from odoo.tools import SQL

from ...models.club.points.loyalty_history import KINDS
from ...tools.local_moments import local_day


class CrmClubPointReport(models.Model):
    """What is outstanding in points: a line for each lot with something left of it, and
    for each spending that no points covered. The sum of a member's usable points, less
    what is owed, is what its card says."""

    _name = "crm.club.point.report"
    _description = "Outstanding points"
    _auto = False
    _order = "expires_on, id"
    _rec_name = "description"
    _depends = {
        "loyalty.history": [
            *["card_id", "kind", "description", "remaining", "owed", "expires_on"],
            *["is_pending", "pending_until", "is_settled"],
        ],
        "loyalty.card": ["program_id"],
        "crm.club": ["program_id", "company_id", "point_worth"],
        "crm.club.membership": [
            *["card_id", "state", "level_id", "partner_id", "customer_id"],
        ],
    }

    club_id = fields.Many2one(comodel_name="crm.club", readonly=True)
    level_id = fields.Many2one(
        comodel_name="crm.club.level", string="Club Level", readonly=True
    )
    membership_id = fields.Many2one(comodel_name="crm.club.membership", readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Member",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    customer_id = fields.Many2one(
        comodel_name="res.partner",
        readonly=True,
        ondelete="cascade",  # as above
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    kind = fields.Selection(selection=KINDS, string="Earned by", readonly=True)
    description = fields.Char(readonly=True)
    status = fields.Selection(
        selection=[("usable", "Usable"), ("pending", "Pending"), ("owed", "Owed")],
        readonly=True,
        help="Owed: spent, and covered by no points; the next ones pay it.",
    )
    earned_on = fields.Date(readonly=True)
    pending_until = fields.Date(readonly=True)
    expires_on = fields.Date(
        string="Last Day to Spend", readonly=True, help="Empty: they do not expire."
    )
    points = fields.Float(
        string="Club Points",
        digits=(16, 2),
        readonly=True,
        help="What is owed counts negatively.",
    )
    worth = fields.Float(
        digits=(16, 2),
        readonly=True,
        help="Points times what the club says a point is worth.",
    )

    @property
    def _table_query(self):
        return SQL("%s %s %s", self._select(), self._from(), self._where())

    @api.model
    def _select(self):
        company = self.env["res.company"]._get_relations_default()
        return SQL(
            """
            SELECT 2 * line.id + (part.status = 'owed')::int AS id,
                   club.id AS club_id, club.company_id, member.level_id,
                   member.id AS membership_id, member.partner_id, member.customer_id,
                   line.kind, line.description, part.status,
                   %(day)s AS earned_on,
                   CASE WHEN part.status = 'pending' THEN line.pending_until
                         END AS pending_until,
                   CASE WHEN part.status <> 'owed' THEN line.expires_on
                         END AS expires_on,
                   part.points, part.points * COALESCE(club.point_worth, 0) AS worth
            """,
            day=local_day(SQL("line.create_date"), company._get_relations_tz()),
        )

    @api.model
    def _from(self):
        return SQL(
            """
              FROM loyalty_history AS line
              JOIN loyalty_card AS card ON card.id = line.card_id
              JOIN crm_club AS club ON club.program_id = card.program_id
        CROSS JOIN LATERAL (
                   SELECT CASE WHEN line.is_pending THEN 'pending' ELSE 'usable'
                           END AS status, line.remaining AS points
                    WHERE line.remaining > 0
                UNION ALL
                   SELECT 'owed', -line.owed WHERE line.owed > 0) AS part
         LEFT JOIN LATERAL (
                   SELECT * FROM crm_club_membership AS own
                    WHERE own.card_id = card.id
                 ORDER BY own.state = 'ended', own.id DESC LIMIT 1) AS member ON TRUE
            """
        )

    @api.model
    def _where(self):
        # As the index of what is left asks.
        return SQL("WHERE line.remaining > 0 OR line.owed > 0")

    def action_open_member(self):
        """Open the membership; of a card without one there is nothing to show."""
        self.ensure_one()
        if not self.membership_id:
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.club.membership",
            "res_id": self.membership_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
