from odoo import fields, models


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    # Care rules ask for the cards that expire in some days.
    expiration_date = fields.Date(index="btree_not_null")
