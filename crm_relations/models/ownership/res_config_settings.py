from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    customers_are_owned = fields.Boolean(
        related="company_id.customers_are_owned", readonly=False
    )
    archive_is_open = fields.Boolean(
        related="company_id.archive_is_open", readonly=False
    )
