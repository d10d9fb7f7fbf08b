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

    by_email = fields.Boolean(
        string="Send by E-mail",
        default=True,
        help="The invitation goes by e-mail, with a link to join: to those who have an "
        "address and do not refuse e-mails, outside their quiet hours. To the others "
        "you hand it over.",
    )

    def _default_club_id(self):
        clubs = self.env["crm.club"].search([], limit=2)
        return clubs if len(clubs) == 1 else clubs.browse()

    def action_apply(self):
        """Invite; say how many, and who was refused and why."""
        self.ensure_one()
        method = "club_join" if self.joins else "club_invite"
        answers = getattr(self.partner_ids, method)(self.club_id.id)
        if self.by_email and not self.joins:
            self._send(answers)
        title = self.env._("Invite to a Club")
        return self.env["crm.answer.summary"]._open_or_refuse(answers, title)

    def _send(self, answers):
        """Send the invitations of those who have just been invited, and say in these
        answers to whom none went."""
        invited = [answer["id"] for answer in answers if answer["ok"]]
        # Superuser: invited by the caller, with his right, a moment ago.
        memberships = self.env["crm.club.membership"].sudo()
        memberships = memberships.search(
            [
                ("club_id", "=", self.club_id.id),
                ("partner_id", "in", invited),
                ("state", "=", "invited"),
            ]
        )
        reached = memberships._send_invitations().partner_id.ids
        for answer in answers:
            if answer["ok"] and answer["id"] not in reached:
                answer["message"] = self.env._(
                    "Invited. No e-mail: it has no address, or refuses e-mails. Hand "
                    "the invitation over."
                )
