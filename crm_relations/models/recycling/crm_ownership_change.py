from odoo import fields, models


class CrmOwnershipChange(models.Model):
    """By which rule a customer left."""

    _inherit = "crm.ownership.change"

    rule_id = fields.Many2one(comodel_name="crm.pool.rule", readonly=True)
