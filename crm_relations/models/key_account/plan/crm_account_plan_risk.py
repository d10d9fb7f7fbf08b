from odoo import api, fields, models

STEPS = [
    ("1", "Very low"),
    ("2", "Low"),
    ("3", "Moderate"),
    ("4", "High"),
    ("5", "Very high"),
]


class CrmAccountPlanRisk(models.Model):
    """What may go wrong, how likely, how badly, and what is done about it."""

    _name = "crm.account.plan.risk"
    _description = "Risk of a plan"
    _inherit = ["crm.account.plan.line.mixin", "crm.colleague.mixin"]
    _order = "weight desc, id"
    _alive = frozenset(
        ("name", "probability", "effect", "answer", "user_id", "is_closed")
    )
    _grows = True

    name = fields.Char(string="Risk", required=True)
    probability = fields.Selection(selection=STEPS, required=True, default="3")
    effect = fields.Selection(selection=STEPS, required=True, default="3")
    weight = fields.Integer(
        compute="_compute_weight",
        store=True,
        aggregator=None,
        help="Probability times effect, 1 to 25.",
    )
    answer = fields.Char(
        string="Our Answer",
        help="What is done so that it does not happen, or if it does.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person in Charge",
        index="btree_not_null",
        domain="[('share', '=', False)]",
    )
    is_closed = fields.Boolean(string="Over", copy=False)

    @api.depends("probability", "effect")
    def _compute_weight(self):
        for risk in self:
            risk.weight = int(risk.probability or 0) * int(risk.effect or 0)
