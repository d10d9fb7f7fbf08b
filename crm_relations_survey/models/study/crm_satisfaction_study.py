from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("sales", "Sales"),
    ("service", "Service"),
    ("lost", "Lost Customers"),
    ("check", "Checks"),
    ("other", "Other"),
]


class CrmSatisfactionStudy(models.Model):
    """What is asked of which customers, again and again, and how answers are judged.

    Points go from 0 to 100 everywhere; the index is shown on the scale of the study.
    """

    _name = "crm.satisfaction.study"
    _description = "Satisfaction study"
    _inherit = ["crm.colleague.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(selection=KINDS, required=True, default="other")
    company_id = fields.Many2one(
        comodel_name="res.company",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: for all companies.",
    )
    survey_id = fields.Many2one(
        comodel_name="survey.survey",
        index="btree_not_null",
        ondelete="set null",
        help="The questions. A study without them lives on the scores of an institute.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        index="btree_not_null",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="Is told of low answers when nobody else is to settle them.",
    )
    index_max = fields.Integer(
        string="Best Index",
        required=True,
        default=1000,
        aggregator=None,
        help="The index of a customer who gives the best answer to everything.",
    )
    target = fields.Float(
        digits=(6, 1),
        aggregator=None,
        help="The index to be reached, on the scale of the index.",
    )
    minimum_count = fields.Integer(
        string="Enough Answers",
        required=True,
        default=30,
        aggregator=None,
        help="Figures of fewer answers are grey: they say little. Anonymous ones are "
        "not shown at all.",
    )
    low_limit = fields.Float(
        string="Low Below",
        required=True,
        digits=(4, 1),
        default=60,
        aggregator=None,
        help="An answer of fewer points than this, of 100, is looked after at once.",
    )
    low_factor_limit = fields.Float(
        string="Factor Low Below",
        required=True,
        digits=(4, 1),
        default=40,
        aggregator=None,
        help="A single factor of fewer points than this, of 100, makes it low as well.",
    )
    low_nps = fields.Integer(
        string="Recommendation Low Up To",
        required=True,
        default=6,
        aggregator=None,
        help="Whoever recommends with this much or less, of 10, is a detractor.",
    )
    ask_again_days = fields.Integer(
        string="Ask Again After (Days)",
        required=True,
        default=90,
        aggregator=None,
        help="Nobody is asked twice within so many days.",
    )
    open_days = fields.Integer(
        string="Open For (Days)",
        required=True,
        default=14,
        aggregator=None,
        help="How long an invitation can be answered.",
    )
    callback_hours = fields.Integer(
        string="Call Within (Hours)",
        required=True,
        default=48,
        aggregator=None,
        help="When the call to a customer who is to be asked is late.",
    )
    factor_ids = fields.One2many(
        comodel_name="crm.satisfaction.factor", inverse_name="study_id"
    )
    item_ids = fields.One2many(
        comodel_name="crm.satisfaction.item",
        inverse_name="study_id",
        string="Questions",
    )

    _index_max_positive = models.Constraint(
        "CHECK(index_max > 0)", "The best index must be more than 0."
    )
    _days_positive = models.Constraint(
        "CHECK(ask_again_days >= 0 AND open_days > 0 AND callback_hours > 0)",
        "Days and hours cannot be negative.",
    )

    @api.constrains("low_limit", "low_factor_limit", "low_nps")
    def _check_limits(self):
        for study in self:
            limits = (study.low_limit, study.low_factor_limit, study.low_nps * 10)
            if not all(0 <= limit <= 100 for limit in limits):
                raise ValidationError(
                    self.env._(
                        "Limits of points go from 0 to 100, of recommendation from 0 "
                        "to 10."
                    )
                )
