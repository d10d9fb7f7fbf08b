from odoo import fields, models
from odoo.tools import SQL

from ...models.response.crm_satisfaction_score import KINDS as SCORE_KINDS


class CrmSatisfactionScoreReport(models.Model):
    """Scores of factors and standards, a line each.

    Points of several factors together are weighted, and divided by the weights of
    those answered; a factor without weight is shown, but weighs nothing beside others.
    """

    _name = "crm.satisfaction.score.report"
    _inherit = "crm.satisfaction.line.mixin"
    _description = "Figures of factors"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "factor_id"
    _depends = {
        "crm.satisfaction.study": ["kind", "minimum_count"],
        "crm.satisfaction.factor": ["parent_id", "weight", "is_standard", "active"],
        "crm.satisfaction.response": [
            *["channel", "state", "partner_id", "is_anonymous", "shown_as"],
        ],
        "crm.satisfaction.score": [
            *["response_id", "study_id", "factor_id", "kind", "question", "answer"],
            *["points", "company_id", "team_id", "user_id", "answered_on"],
            "shown_as",
        ],
    }

    factor_id = fields.Many2one(comodel_name="crm.satisfaction.factor", readonly=True)
    root_factor_id = fields.Many2one(
        comodel_name="crm.satisfaction.factor",
        string="Main Factor",
        readonly=True,
        help="The widest factor that the factor is part of.",
    )
    score_kind = fields.Selection(
        selection=SCORE_KINDS, string="Kind of Score", readonly=True
    )
    question = fields.Char(readonly=True)
    answer = fields.Char(string="Given Answer", readonly=True)
    weight = fields.Float(
        readonly=True,
        aggregator=None,
        help="Of the factor in the index: within its main factor, as a part of that "
        "one's weight.",
    )
    score_count = fields.Integer(
        string="Scores", readonly=True, help="Of a wave as many answers as it says."
    )
    points = fields.Float(
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="0 to 100, weighted where it is of several factors.",
    )
    points_error = fields.Float(
        string="Points: Standard Error",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Twice as much on either side holds the true points 19 times out of 20.",
    )
    answer_count = fields.Integer(
        string="Answers",
        readonly=True,
        aggregator="count_distinct",
        help="Answered surveys behind the scores.",
    )

    def _get_internal_columns(self):
        plain = ("study_id", "company_id", "team_id", "user_id")
        more = ("question", "factor_id", "points")
        return {
            **super()._get_internal_columns(),
            "id": SQL("COALESCE(score.shown_as, score.id)"),
            "answer": self._unless_anonymous("score", "answer"),
            **{name: SQL.identifier("score", name) for name in (*plain, *more)},
            "date": SQL("score.answered_on"),
            "score_kind": SQL("score.kind"),
            "root_factor_id": SQL("tree.root_id"),
            "weight": SQL("CASE WHEN score.kind = 'factor' THEN tree.share END"),
            "score_count": SQL("1"),
            "points_error": SQL("score.points"),
            "answer_count": SQL("COALESCE(response.shown_as, response.id)"),
        }

    def _get_answers(self):
        return SQL(
            """
              FROM crm_satisfaction_score AS score
              JOIN crm_satisfaction_response AS response
                ON response.id = score.response_id
              JOIN crm_satisfaction_study AS study ON study.id = score.study_id
         LEFT JOIN (%s) AS tree ON tree.id = score.factor_id
             WHERE %s AND score.points IS NOT NULL
            """,
            self._get_tree(),
            self._get_shown_sql(),
        )

    def _get_tree(self):
        """Return the SQL of all factors: the main factor each is part of, and its share
        of that one's weight."""
        return SQL(
            """
            WITH RECURSIVE tree AS (
            SELECT id, id AS root_id, weight::float8 AS share
              FROM crm_satisfaction_factor
             WHERE parent_id IS NULL
             UNION ALL
            SELECT factor.id, tree.root_id, tree.share * factor.weight / NULLIF(
                   sum(factor.weight) FILTER (
                       WHERE factor.active AND NOT COALESCE(factor.is_standard, FALSE))
                   OVER (PARTITION BY factor.parent_id), 0)
              FROM crm_satisfaction_factor AS factor
              JOIN tree ON tree.id = factor.parent_id
            )
            SELECT id, root_id, COALESCE(share, 0) AS share FROM tree
            """
        )

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "points:avg":
            return self._get_weighted_sql(query)
        if aggregate_spec == "points_error:avg":
            return SQL(
                "STDDEV_SAMP(%(points)s) / SQRT(NULLIF(COUNT(%(points)s), 0))",
                points=self._field_to_sql(self._table, "points_error", query),
            )
        return super()._read_group_select(aggregate_spec, query)

    def _get_weighted_sql(self, query):
        """Return the SQL of ``metrics.weighted_index`` of the scores of a group; of
        factors that weigh nothing it is their plain mean."""
        points, weight, count = (
            self._field_to_sql(self._table, name, query)
            for name in ("points", "weight", "score_count")
        )
        # A published score stands for so many answers, for one if nobody says.
        base = SQL("GREATEST(%s, 1)", count)
        return SQL(
            """
            COALESCE(
                SUM(%(points)s * %(weight)s * %(base)s)
                / NULLIF(SUM(%(weight)s * %(base)s), 0),
                SUM(%(points)s * %(base)s) / SUM(%(base)s))
            """,
            points=points,
            weight=weight,
            base=base,
        )
