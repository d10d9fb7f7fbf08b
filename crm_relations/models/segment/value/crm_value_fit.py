from odoo import fields, models

from .crm_value_model import MEASURES


class CrmValueFit(models.Model):
    """The parameters of a value model as they were: when, by whom, on what."""

    _name = "crm.value.fit"
    _description = "Earlier parameters of a value model"
    _order = "id desc"
    _rec_name = "parameters_on"

    model_id = fields.Many2one(
        comodel_name="crm.value.model",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="model_id.company_id")
    p = fields.Float(string="p", readonly=True, aggregator=None)
    q = fields.Float(string="q", readonly=True, aggregator=None)
    gamma = fields.Float(string="γ", readonly=True, aggregator=None)
    currency_id = fields.Many2one(
        comodel_name="res.currency", readonly=True, index="btree_not_null"
    )
    source = fields.Selection(
        selection=[("fitted", "Fitted"), ("typed", "Typed")],
        string="Parameters",
        readonly=True,
    )
    parameters_on = fields.Date(string="Parameters of", readonly=True)
    measure = fields.Selection(selection=MEASURES, string="Measured by", readonly=True)
    customer_count = fields.Integer(
        string="Customers Fitted", readonly=True, aggregator=None
    )
    left_out_count = fields.Integer(
        string="Customers Left Out", readonly=True, aggregator=None
    )
    correlation = fields.Float(digits=(4, 2), readonly=True, aggregator=None)
    log_likelihood = fields.Float(digits=(16, 1), readonly=True, aggregator=None)
