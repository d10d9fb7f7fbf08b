from odoo import fields, models


class CrmKeyAccountScore(models.Model):
    """What the last run found of a customer: a table of its own, so that contacts cost
    nothing more. Written by the schemes only, read through the 20/80 list."""

    _name = "crm.key.account.score"
    _description = "Score of a customer"
    _inherit = ["crm.customer.line.mixin"]
    _order = "rank, id"
    _log_access = False
    _rec_name = "partner_id"

    scheme_id = fields.Many2one(
        comodel_name="crm.key.account.scheme",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="scheme_id.currency_id")
    sales = fields.Monetary(string="Sales of 12 Months", readonly=True)
    share = fields.Float(
        string="Share of All", readonly=True, digits=(16, 6), aggregator="sum"
    )
    cumulative = fields.Float(readonly=True, digits=(16, 6), aggregator=None)
    rank = fields.Integer(readonly=True, aggregator=None)
    is_core = fields.Boolean(readonly=True)
    score = fields.Float(readonly=True, digits=(5, 1), aggregator="avg")
    facts = fields.Json(readonly=True, export_string_translation=False)
    below_since = fields.Date(
        string="Below the Floor Since", readonly=True, index="btree_not_null"
    )

    _customer_uniq = models.UniqueIndex(
        "(partner_id)", "A customer has one score at a time."
    )
