from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # Care rules ask for what is delivered in some days, out of all orders.
    commitment_date = fields.Datetime(index="btree_not_null")
