from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmAccountTeamWizard(models.TransientModel):
    """Ask who gets which role in the team of a customer, or until when somebody has
    it."""

    _name = "crm.account.team.wizard"
    _description = "Appoint to an account team"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    member_id = fields.Many2one(
        comodel_name="crm.account.team.member",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Colleague",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        ondelete="cascade",
    )
    role_id = fields.Many2one(
        comodel_name="crm.account.team.role",
        index="btree_not_null",
        ondelete="cascade",
    )
    role_access = fields.Selection(related="role_id.access", string="Access")
    role_note = fields.Char(related="role_id.note")
    since = fields.Date(
        string="First Day", default=lambda self: self.env.user._get_relations_today()
    )
    until = fields.Date(
        string="Last Day",
        compute="_compute_until",
        store=True,
        readonly=False,
        help="At midnight the access ends. Empty: until somebody ends the role.",
    )
    note = fields.Char(string="What For")

    @api.depends("member_id")
    def _compute_until(self):
        for wizard in self:
            wizard.until = wizard.member_id.until

    def action_apply(self):
        """Do it; what is against it stands as an error."""
        self.ensure_one()
        if self.member_id:
            answers = self.member_id.change_end(self.until)
        else:
            answers = self.partner_id.team_appoint(
                self.user_id.id,
                self.role_id.id,
                self.since,
                self.until,
                self.note or "",
            )
        if not answers[0]["ok"]:
            raise UserError(answers[0]["message"])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": answers[0]["message"],
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
