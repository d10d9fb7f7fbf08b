from odoo import fields, models


class CrmClubInviteWizard(models.TransientModel):
    """Ask to which club these are invited, or taken in at once."""

    _name = "crm.club.invite.wizard"
    _description = "Invite to a club"

    partner_ids = fields.Many2many(
        comodel_name="res.partner", string="Who", required=True
    )
    club_id = fields.Many2one(
        comodel_name="crm.club",
        required=True,
        default=lambda self: self._default_club_id(),
    )
    joins = fields.Boolean(
        string="Members at Once",
        help="They have agreed already: they get number and card now.",
    )

    def _default_club_id(self):
        clubs = self.env["crm.club"].search([], limit=2)
        return clubs if len(clubs) == 1 else clubs.browse()

    def action_apply(self):
        """Invite; say how many, and who was refused and why."""
        self.ensure_one()
        method = "club_join" if self.joins else "club_invite"
        answers = getattr(self.partner_ids, method)(self.club_id.id)
        title = self.env._("Invite to a Club")
        return self.env["crm.answer.summary"]._open_or_refuse(answers, title)
