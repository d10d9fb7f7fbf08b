from odoo import fields, models


class CrmChurnReason(models.Model):
    """Why a customer was lost; a free list. Odoo's own lost reasons are about single
    opportunities."""

    _name = "crm.churn.reason"
    _description = "Reason for losing a customer"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    asks_competitor = fields.Boolean(
        string="Ask for the Competitor",
        help="Who registers this reason must name the competitor.",
    )
