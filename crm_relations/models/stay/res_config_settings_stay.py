from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pool_extension_days = fields.Integer(
        related="company_id.pool_extension_days", readonly=False
    )
    pool_extension_days_most = fields.Integer(
        related="company_id.pool_extension_days_most", readonly=False
    )
    pool_extension_limit = fields.Integer(
        related="company_id.pool_extension_limit", readonly=False
    )
    pool_extension_approval = fields.Boolean(
        related="company_id.pool_extension_approval", readonly=False
    )
    pool_request_hold_days = fields.Integer(
        related="company_id.pool_request_hold_days", readonly=False
    )
    pool_protection_quota = fields.Integer(
        related="company_id.pool_protection_quota", readonly=False
    )
    pool_protection_days_most = fields.Integer(
        related="company_id.pool_protection_days_most", readonly=False
    )
    pool_protection_approval = fields.Boolean(
        related="company_id.pool_protection_approval", readonly=False
    )
