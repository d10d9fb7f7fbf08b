from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    loan_days_most = fields.Integer(related="company_id.loan_days_most", readonly=False)
