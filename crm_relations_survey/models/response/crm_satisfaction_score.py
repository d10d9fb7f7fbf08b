from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

KINDS = [
    ("factor", "Factor"),
    ("standard", "Standard"),
    ("nps", "Recommendation"),
    ("csat", "Overall Satisfaction"),
]


class CrmSatisfactionScore(models.Model):
    """What one question came to: a copy that stays when the question goes."""

    _name = "crm.satisfaction.score"
    _description = "Score of a satisfaction study"
    _order = "response_id desc, id"
    _rec_name = "question"

    response_id = fields.Many2one(
        comodel_name="crm.satisfaction.response",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    factor_id = fields.Many2one(
        comodel_name="crm.satisfaction.factor",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    item_id = fields.Many2one(
        comodel_name="crm.satisfaction.item",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    kind = fields.Selection(selection=KINDS, required=True, readonly=True)
    question = fields.Char(readonly=True)
    question_told = fields.Char(
        string="Question as Read",
        compute="_compute_question_told",
        help="In your language, as long as the question is the one that was asked.",
    )
    answer = fields.Char(readonly=True)
    points = fields.Float(readonly=True, aggregator="avg", help="From 0 to 100.")
    raw = fields.Float(string="Given", readonly=True, aggregator="avg")
    low = fields.Float(string="Worst", readonly=True, aggregator=None)
    high = fields.Float(string="Best", readonly=True, aggregator=None)
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        readonly=True,
        index="btree_not_null",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    answered_on = fields.Date(readonly=True)
    is_anonymous = fields.Boolean(string="Anonymous", readonly=True)
    # As of the response.
    shown_as = fields.Integer(
        readonly=True, copy=False, aggregator=None, export_string_translation=False
    )

    # The figures of a study over a period.
    _figures_idx = models.Index("(study_id, answered_on, factor_id)")

    @api.model
    def _get_counted_sql(self):
        """Return the SQL condition of the scores (``score``) that count in figures
        which the caller may see: those he reads, and anonymous ones in whole lots."""
        whose = self.env["crm.satisfaction.study"]._get_whose_domain()
        lots = Domain("is_anonymous", "=", True) & Domain("shown_as", "!=", False)
        return SQL(
            "(score.id IN %s OR score.id IN %s)",
            self._search([]).subselect(),
            # Superuser: of whom, says the domain; none is seen on its own.
            self.sudo()._search(lots & whose).subselect(),
        )

    @api.depends("question", "item_id.title")
    @api.depends_context("lang")
    def _compute_question_told(self):
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        for score in self:
            item = score.item_id
            asked = {item.with_context(lang=code).title for code in langs}
            score.question_told = (
                item.title if score.question in asked else score.question
            )
