from odoo import fields, models

from .crm_club_membership import MEMBER


class CrmClubLevel(models.Model):
    """A level of a club: reached by what a member earned or bought in the period that
    the club counts."""

    _name = "crm.club.level"
    _description = "Level of a club"
    _inherit = ["crm.condition.mixin"]
    _order = "club_id, threshold, id"

    club_id = fields.Many2one(
        comodel_name="crm.club", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True, translate=True)
    threshold = fields.Float(
        string="Reached From",
        required=True,
        default=0,
        digits=(16, 2),
        aggregator=None,
        help="Points earned or net sales, as the club says, from which a member has "
        "this level. 0: every member.",
    )
    is_kept = fields.Boolean(
        string="Kept for Good",
        help="Who has reached this level never goes below it.",
    )
    color = fields.Integer()
    pricelist_id = fields.Many2one(
        comodel_name="product.pricelist",
        index="btree_not_null",
        help="Given to the customer with one click on the membership, never by itself.",
    )
    benefit_ids = fields.One2many(
        comodel_name="crm.club.benefit",
        inverse_name="level_id",
        string="Benefits",
        copy=True,
    )
    membership_ids = fields.One2many(
        comodel_name="crm.club.membership", inverse_name="level_id"
    )
    member_count = fields.Integer(
        string="Club Members", compute="_compute_member_count"
    )

    _threshold_uniq = models.Constraint(
        "UNIQUE(club_id, threshold)", "Two levels of a club begin at the same value."
    )
    _threshold_positive = models.Constraint(
        "CHECK(threshold >= 0)", "A level begins at 0 or above."
    )

    def _compute_member_count(self):
        counts = dict(
            self.env["crm.club.membership"]._read_group(
                [
                    ("level_id", "in", self.ids),
                    ("state", "in", MEMBER),
                ],
                ["level_id"],
                ["__count"],
            )
        )
        for level in self:
            level.member_count = counts.get(level, 0)

    def action_view_members(self):
        self.ensure_one()
        return self.club_id._open_members([("level_id", "=", self.id)])
