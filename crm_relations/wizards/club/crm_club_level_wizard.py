from datetime import timedelta

from odoo import fields, models


class CrmClubLevelWizard(models.TransientModel):
    """Ask which level, until when, and why."""

    _name = "crm.club.level.wizard"
    _description = "Set the level by hand"

    membership_ids = fields.Many2many(
        comodel_name="crm.club.membership", string="Club Members", required=True
    )
    club_id = fields.Many2one(related="membership_ids.club_id")
    level_id = fields.Many2one(
        comodel_name="crm.club.level",
        string="Club Level",
        required=True,
        domain="[('club_id', '=', club_id)]",
    )
    until = fields.Date(
        required=True,
        default=lambda self: self._default_until(),
        help="From the next day on the rules of the club decide again.",
    )
    reason = fields.Char(required=True)

    def _default_until(self):
        return fields.Date.context_today(self) + timedelta(days=365)

    def action_apply(self):
        self.ensure_one()
        self.membership_ids.set_level(self.level_id.id, self.until, self.reason)
        return {"type": "ir.actions.act_window_close"}
