from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    map_silence_days = fields.Integer(
        related="company_id.map_silence_days", readonly=False
    )
