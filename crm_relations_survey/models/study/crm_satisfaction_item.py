from odoo import fields, models

KINDS = [
    ("factor", "Factor"),
    ("standard", "Standard"),
    ("nps", "Recommendation (0 to 10)"),
    ("csat", "Overall Satisfaction"),
    ("comment", "Remark"),
]


class CrmSatisfactionItem(models.Model):
    """What a question of the survey, or a row of a matrix, says about satisfaction."""

    _name = "crm.satisfaction.item"
    _description = "Question of a satisfaction study"
    _order = "study_id, sequence, id"
    _rec_name = "title"

    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="study_id.company_id", store=True, index="btree_not_null"
    )
    survey_id = fields.Many2one(related="study_id.survey_id")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(selection=KINDS, required=True, default="factor")
    factor_id = fields.Many2one(
        comodel_name="crm.satisfaction.factor",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('study_id', '=', study_id),"
        " ('is_standard', '=', kind == 'standard')]",
    )
    question_id = fields.Many2one(
        comodel_name="survey.question",
        index="btree_not_null",
        ondelete="set null",
        domain="[('survey_id', '=', survey_id), ('is_page', '=', False)]",
    )
    row_id = fields.Many2one(
        comodel_name="survey.question.answer",
        index="btree_not_null",
        ondelete="set null",
        domain="[('matrix_question_id', '=', question_id)]",
    )
    title = fields.Char(
        required=True,
        translate=True,
        help="The question as it is shown in figures; it stays when the question goes.",
    )
    low = fields.Float(
        string="Worst Answer", aggregator=None, help="It gives 0 points."
    )
    high = fields.Float(
        string="Best Answer",
        default=10,
        aggregator=None,
        help="It gives 100 points.",
    )
    is_reversed = fields.Boolean(
        string="Low Is Good", help="The smallest number is the best answer."
    )
    choice_ids = fields.One2many(
        comodel_name="crm.satisfaction.item.choice",
        inverse_name="item_id",
        string="Answers",
        copy=True,
    )

    _question_uniq = models.UniqueIndex(
        "(study_id, question_id, COALESCE(row_id, 0)) WHERE question_id IS NOT NULL",
        "This question says something already.",
    )
