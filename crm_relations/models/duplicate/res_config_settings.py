from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    duplicate_policy = fields.Selection(
        related="company_id.duplicate_policy", readonly=False, required=True
    )
