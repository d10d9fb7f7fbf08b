from odoo import fields, models


class CrmSatisfactionItemChoice(models.Model):
    """How many points an answer to choose is worth."""

    _name = "crm.satisfaction.item.choice"
    _description = "Answer of a satisfaction study"
    _order = "item_id, sequence, id"

    item_id = fields.Many2one(
        comodel_name="crm.satisfaction.item",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    answer_id = fields.Many2one(
        comodel_name="survey.question.answer",
        index="btree_not_null",
        ondelete="set null",
    )
    name = fields.Char(required=True, translate=True)
    points = fields.Float(
        digits=(4, 1), aggregator=None, help="From 0 (worst) to 100 (best)."
    )
    is_counted = fields.Boolean(
        string="Counts", default=True, help="No: it means “does not apply”."
    )

    _points_range = models.Constraint(
        "CHECK(points >= 0 AND points <= 100)", "Points go from 0 to 100."
    )
