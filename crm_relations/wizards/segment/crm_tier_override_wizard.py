from datetime import timedelta

from odoo import fields, models


class CrmTierOverrideWizard(models.TransientModel):
    """Ask which tier, until when, and why."""

    _name = "crm.tier.override.wizard"
    _description = "Set the tier by hand"

    partner_ids = fields.Many2many(comodel_name="res.partner", string="Customers")
    tier_id = fields.Many2one(comodel_name="crm.tier", required=True)
    until = fields.Date(
        required=True,
        default=lambda self: self._default_until(),
        help="From the next day on the scheme decides again.",
    )
    reason = fields.Char(required=True)

    def _default_until(self):
        return fields.Date.context_today(self) + timedelta(days=90)

    def action_apply(self):
        self.ensure_one()
        self.partner_ids.set_tier(self.tier_id.id, self.until, self.reason)
        return {"type": "ir.actions.act_window_close"}
