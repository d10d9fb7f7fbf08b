from odoo import fields, models

from ...tools.sentences import join_label

KINDS = [
    ("invited", "Invited"),
    ("joined", "Joined"),
    ("up", "Up"),
    ("down", "Down"),
    ("hand", "Level by hand"),
    ("hand_end", "End of the level by hand"),
    ("suspended", "Suspended"),
    ("resumed", "Resumed"),
    ("renewed", "Renewed"),
    ("ended", "Ended"),
    ("expired", "Expired"),
    ("merged", "Merged"),
]


class CrmClubLevelChange(models.Model):
    """History of memberships: states and levels, from, to, when, why."""

    _name = "crm.club.level.change"
    _description = "Change of a club membership"
    _inherit = ["crm.decision.mixin"]

    membership_id = fields.Many2one(
        comodel_name="crm.club.membership",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(selection=KINDS, required=True, readonly=True)
    old_level_id = fields.Many2one(
        comodel_name="crm.club.level",
        string="From",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    new_level_id = fields.Many2one(
        comodel_name="crm.club.level",
        string="To",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Changed By",
        readonly=True,
        index="btree_not_null",
        help="Empty: by the rules of the club.",
    )

    def _get_history_line(self):
        # Superuser: what levels and colleagues are called is no secret to who may
        # read the line.
        line = self.sudo()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        told = super()._get_history_line()
        club = line.membership_id.club_id.name
        title = join_label(self.env, club, kinds[line.kind])
        if line.new_level_id and line.new_level_id != line.old_level_id:
            title = f"{title}, {line.new_level_id.name}"
        return {**told, "title": title, "by": line.user_id.name or ""}
