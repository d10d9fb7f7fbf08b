from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    callback_reservation_minutes = fields.Integer(
        related="company_id.callback_reservation_minutes", readonly=False
    )
