from odoo import api, fields, models

KINDS = [
    ("whole", "The whole"),
    ("company", "Company"),
    ("team", "Team"),
    ("user", "Salesperson"),
]


class CrmSatisfactionWaveScore(models.Model):
    """A published score: of a unit, for a factor or, without one, the index."""

    _name = "crm.satisfaction.wave.score"
    _inherit = ["crm.colleague.mixin"]
    _description = "Score of a wave"
    _order = "wave_id desc, unit_kind desc, unit, factor_id, id"
    _rec_name = "unit"

    wave_id = fields.Many2one(
        comodel_name="crm.satisfaction.wave",
        required=True,
        ondelete="cascade",
        index=True,
    )
    unit_kind = fields.Selection(
        selection=KINDS, string="Scored", required=True, default="whole"
    )
    unit = fields.Char(
        string="Name in the File", readonly=True, help="Who was scored, as published."
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team", ondelete="restrict", index="btree_not_null"
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        ondelete="restrict",
        index="btree_not_null",
    )
    factor_id = fields.Many2one(
        comodel_name="crm.satisfaction.factor",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: the index of all factors.",
    )
    value = fields.Float(
        string="Score",
        required=True,
        digits=(16, 2),
        aggregator=None,
        help="As published.",
    )
    value_max = fields.Float(
        string="Highest Score",
        required=True,
        default=1000,
        aggregator=None,
        help="The best score that could have been published.",
    )
    points = fields.Float(
        compute="_compute_points",
        store=True,
        precompute=True,
        aggregator="avg",
        digits=(16, 2),
        help="The score on a scale from 0 to 100.",
    )
    base = fields.Integer(string="Answers", help="How many answers the score is of.")
    is_few = fields.Boolean(
        string="Few Answers",
        compute="_compute_is_few",
        help="Fewer answers than the study asks for: the score says little.",
    )
    peer_average = fields.Float(
        aggregator="avg",
        digits=(16, 2),
        help="Average of the competitors in points from 0 to 100; 0 if not published.",
    )
    rank = fields.Integer(aggregator=None, help="Place among those scored.")
    rank_of = fields.Integer(string="Of", aggregator=None, help="How many were ranked.")
    weight = fields.Float(
        aggregator=None, help="What the factor weighed in the index of this wave."
    )

    _value_range = models.Constraint(
        "CHECK (value_max > 0 AND value >= 0 AND value <= value_max)",
        "A score lies between 0 and the highest score.",
    )
    _numbers = models.Constraint(
        "CHECK (base >= 0 AND rank >= 0 AND rank_of >= 0 AND weight >= 0"
        " AND peer_average >= 0 AND peer_average <= 100)",
        "Answers, ranks, weights and averages are not negative, an average at most "
        "100 points.",
    )
    _unit_of_kind = models.Constraint(
        "CHECK ((unit_kind = 'team') = (team_id IS NOT NULL)"
        " AND (unit_kind = 'user') = (user_id IS NOT NULL)"
        " AND (unit_kind != 'company' OR company_id IS NOT NULL))",
        "Name the team, the salesperson or the company that was scored.",
    )
    _once = models.UniqueIndex(
        "(wave_id, COALESCE(factor_id, 0), unit_kind, COALESCE(team_id, 0),"
        " COALESCE(user_id, 0),"
        " (CASE unit_kind WHEN 'company' THEN company_id ELSE 0 END))",
        "A unit has one score for each factor of a wave.",
    )

    @api.depends("unit_kind", "team_id", "wave_id.company_id")
    def _compute_company_id(self):
        for score in self:
            if score.unit_kind == "team" and score.team_id.company_id:
                score.company_id = score.team_id.company_id
            elif score.unit_kind != "company" or not score.company_id:
                score.company_id = score.wave_id.company_id

    @api.depends("base", "wave_id.study_id.minimum_count")
    def _compute_is_few(self):
        for score in self:
            enough = score.wave_id.study_id.minimum_count
            score.is_few = 0 < score.base < enough

    @api.depends("value", "value_max")
    def _compute_points(self):
        for score in self:
            value_max = score.value_max
            score.points = 100 * score.value / value_max if value_max > 0 else 0
