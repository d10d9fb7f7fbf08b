from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    keeps_card_pictures = fields.Boolean(
        related="company_id.keeps_card_pictures", readonly=False
    )
