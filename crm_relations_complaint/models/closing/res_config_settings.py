from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    complaint_asks_by_mail = fields.Boolean(
        related="company_id.complaint_asks_by_mail", readonly=False
    )
    complaint_most_tries = fields.Integer(
        related="company_id.complaint_most_tries", readonly=False
    )
