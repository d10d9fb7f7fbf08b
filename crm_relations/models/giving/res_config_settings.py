from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    favour_return_days = fields.Integer(
        related="company_id.favour_return_days", readonly=False
    )
    favour_overdrawn_at = fields.Integer(
        related="company_id.favour_overdrawn_at", readonly=False
    )
