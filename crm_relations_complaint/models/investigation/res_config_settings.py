from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    complaint_efficacy_days = fields.Integer(
        related="company_id.complaint_efficacy_days", readonly=False
    )
