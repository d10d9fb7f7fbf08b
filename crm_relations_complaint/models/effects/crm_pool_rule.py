from odoo import fields, models


class CrmPoolRule(models.Model):
    _inherit = "crm.pool.rule"

    block_complaint = fields.Boolean(
        string="Open Complaint",
        default=True,
        help="A complaint that is neither closed nor withdrawn keeps the customer.",
    )
