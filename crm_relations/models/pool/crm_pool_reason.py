from odoo import fields, models


class CrmPoolReason(models.Model):
    """Why customers are given up: a list to choose from."""

    _name = "crm.pool.reason"
    _description = "Reason for a release"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
