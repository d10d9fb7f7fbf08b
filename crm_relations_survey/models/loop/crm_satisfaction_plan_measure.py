from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from ...tools.scoring import get_factor_points

PERIOD_DAYS = 90


class CrmSatisfactionPlan(models.Model):
    """The score from which a plan starts, and the one after it: of the factor, or of
    the parts it is made of, with the weights of the study."""

    _inherit = "crm.satisfaction.plan"

    last_points = fields.Float(
        string="Last Score",
        digits=(4, 1),
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Points of the 90 days up to the last answer before the plan was made.",
    )
    last_count = fields.Integer(string="Answers", readonly=True, copy=False)
    last_on = fields.Date(string="Last Answer", readonly=True, copy=False)
    finished_on = fields.Date(readonly=True, copy=False)
    after_points = fields.Float(
        string="Score Afterwards", digits=(4, 1), compute="_compute_after"
    )
    after_count = fields.Integer(string="Answers Afterwards", compute="_compute_after")

    def _compute_after(self):
        done = self.filtered(lambda plan: plan.state == "done" and plan.finished_on)
        found = done._measure(
            {plan: (fields.Date.add(plan.finished_on, days=1), None) for plan in done}
        )
        for plan in self:
            points, count, _day = found.get(plan, (None, 0, None))
            plan.after_points, plan.after_count = points or 0, count

    def _keep_last_score(self):
        """Write down from where these start."""
        measured = self._measure_last()
        for plan in self:
            points, count, day = measured[plan]
            # Superuser: nobody types a score.
            plan.sudo().write(
                {"last_points": points or 0, "last_count": count, "last_on": day}
            )

    def _measure_last(self):
        """Return ``{plan: (points, answers, last day)}`` of the 90 days up to the last
        answer there is."""
        last = {plan: day for plan, (_points, _count, day) in self._measure({}).items()}
        spans = {
            plan: (fields.Date.subtract(day, days=PERIOD_DAYS - 1), day)
            for plan, day in last.items()
            if day
        }
        return self._measure(spans)

    def _measure(self, spans):
        """Return ``{plan: (points or None, answers, last day or None)}`` by one
        statement, whatever the number of plans.

        :param spans: ``{plan: (first day or None, last day or None)}``; all without it
        """
        read = defaultdict(dict)
        for number, factor, *row in self._read_scores(spans) if self else ():
            read[number][factor] = row
        return {
            plan: plan._measure_rows(read[number]) for number, plan in enumerate(self)
        }

    def _measure_rows(self, rows):
        """Return points, answers and last day of a plan.

        :param rows: ``{factor id: (mean points, answers, last day)}``, of all of them
            together under None
        """
        if not rows:
            return None, 0, None
        # Superuser: the tree and its weights.
        factor = self.sudo().factor_id
        tree = {factor.id: (None, 1), **self.sudo().study_id._get_factor_tree()}
        own = {key: points for key, (points, *_rest) in rows.items() if key}
        points = get_factor_points(tree, own).get(factor.id)
        # Of a factor with scores of its own, those count.
        _points, count, _day = rows.get(factor.id) or rows[None]
        return points, count, rows[None][2]

    def _read_scores(self, spans):
        """Return (place of the plan, factor, mean points, answers, last day), of what
        the caller may read; without a factor, of all of them."""
        scores = self.env["crm.satisfaction.score"]
        if not scores.has_access("read"):
            return []
        scores.flush_model()
        readable = SQL("TRUE")
        if not self.env.su:
            readable = scores._get_counted_sql()
        self.env["crm.satisfaction.factor"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT plan.number, score.factor_id, AVG(score.points)::float,
                       COUNT(DISTINCT score.response_id), MAX(score.answered_on)
                  FROM (VALUES %(wanted)s) AS plan (
                       number, factor_id, company_id, person_id, team_id, first, last)
                  JOIN crm_satisfaction_factor AS root ON root.id = plan.factor_id
                  JOIN crm_satisfaction_factor AS factor
                    ON factor.study_id = root.study_id
                   AND factor.parent_path LIKE root.parent_path || '%%'
                  JOIN crm_satisfaction_score AS score
                    ON score.study_id = root.study_id
                   AND score.factor_id = factor.id
                   AND score.company_id = plan.company_id
                   AND (plan.person_id IS NULL OR score.user_id = plan.person_id)
                   AND (plan.person_id IS NOT NULL OR plan.team_id IS NULL
                        OR score.team_id = plan.team_id)
                   AND (plan.first IS NULL OR score.answered_on >= plan.first)
                   AND (plan.last IS NULL OR score.answered_on <= plan.last)
                 WHERE %(readable)s
                   AND (score.is_anonymous IS NOT TRUE OR score.shown_as IS NOT NULL)
              GROUP BY GROUPING SETS (
                       (plan.number, score.factor_id), (plan.number))
                """,
                wanted=self._get_wanted_sql(spans),
                readable=readable,
            )
        )

    def _get_wanted_sql(self, spans):
        """Return a line for each of these: its place, whose scores, from when to when.

        :param spans: ``{plan: (first day, last day)}``, None: open
        """
        return SQL(", ").join(
            SQL(
                "(%s, %s::int, %s::int, %s::int, %s::int, %s::date, %s::date)",
                number,
                plan.factor_id.id or None,
                plan.company_id.id or None,
                plan.person_id.id or None,
                plan.team_id.id or None,
                *spans.get(plan, (None, None)),
            )
            for number, plan in enumerate(self)
        )
