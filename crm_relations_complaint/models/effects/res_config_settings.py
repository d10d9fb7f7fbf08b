from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    complaint_handling_cost = fields.Monetary(
        related="company_id.complaint_handling_cost",
        readonly=False,
        currency_field="company_currency_id",
    )
