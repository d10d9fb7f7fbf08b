from math import inf

from odoo import api, models
from odoo.fields import Domain

from ...tools.comparing import roll_up
from ...tools.metrics import Figure
from .crm_satisfaction_board import SCORES

SCORE_MEASURES = (
    *("points:avg", "points_error:avg", "score_count:sum"),
    "answer_count:count_distinct",
)


class CrmSatisfactionBoard(models.AbstractModel):
    """The factors as bars, those furthest from their target first."""

    _inherit = "crm.satisfaction.board"

    @api.model
    def _get_factors(self, study, now, before):
        """Return the bars of ``factors`` and of ``standards``; domains as for tiles."""
        tree = self._get_tree(study)
        own, scores = self._read_scores(now)
        last, _scores = self._read_scores(before)
        figures, old = roll_up(tree, own), roll_up(tree, last)
        lines = {
            factor: self._prepare_factor(
                study, factor, figures[factor], old.get(factor), scores, now
            )
            for factor in self._get_all_factors(study)
            if factor in figures
        }
        standards = [line for one, line in lines.items() if one.is_standard]
        return {
            "factors": self._sort_factors(tree, lines),
            "standards": sorted(standards, key=lambda line: line["points"]),
        }

    @api.model
    def _get_all_factors(self, study):
        factors = self.env["crm.satisfaction.factor"].with_context(active_test=False)
        return factors.search([("study_id", "=", study.id)])

    @api.model
    def _get_tree(self, study):
        """Return ``{factor: (parent or None, weight)}``; standards weigh nothing."""
        return {
            factor: (
                factor.parent_id or None,
                0 if factor.is_standard else factor.weight,
            )
            for factor in self._get_all_factors(study)
        }

    @api.model
    def _read_scores(self, domain):
        """Return ``{factor: Figure}``, whose count is that of answers, and
        ``{factor: number of scores}``."""
        domain &= Domain("factor_id", "!=", False)
        rows = self.env[SCORES]._read_group(domain, ["factor_id"], SCORE_MEASURES)
        figures = {
            factor: self._prepare_score_figure(points, error, answers)
            for factor, points, error, _scores, answers in rows
        }
        return figures, {row[0]: row[3] for row in rows}

    @api.model
    def _prepare_score_figure(self, points, error, answers):
        # Odoo says False where there is nothing to take the mean of.
        values = (None if value is False else value for value in (points, error))
        return Figure(*values, answers)

    @api.model
    def _prepare_factor(self, study, factor, figure, last, scores, domain):
        """Return a bar: its points, how far they are from the target, and the scores
        behind it, those of its parts where it has none of its own."""
        count, behind = self._find_scores(factor, scores)
        gap = figure.value - factor.target if factor.target else None
        return {
            "id": factor.id,
            "name": factor.name,
            "weight": factor.weight,
            "points": figure.value,
            "text": self._tell(figure.value),
            "margin": self._tell_margin(figure),
            "count": count,
            "answers": figure.count,
            "few": self._tell_few(study, figure.count),
            "target": factor.target,
            "gap": gap,
            "gap_text": "" if gap is None else self._tell_change(gap),
            "tone": self._get_target_tone(study, factor, figure),
            **self._prepare_change(study, figure, last),
            "can_plan": self._can_plan(factor),
            "model": SCORES,
            "domain": list(domain & behind),
        }

    @api.model
    def _find_scores(self, factor, scores):
        """Return how many scores stand behind a factor, and their domain.

        :param scores: ``{factor: number of its own scores}``
        """
        if own := scores.get(factor):
            return own, Domain("factor_id", "=", factor.id)
        count = sum(
            number
            for part, number in scores.items()
            if part.parent_path.startswith(factor.parent_path)
        )
        return count, Domain("factor_id", "child_of", factor.id)

    @api.model
    def _get_target_tone(self, study, factor, figure):
        if not factor.target:
            return "muted"
        return self._get_tone(study, figure, Figure(factor.target, 0.0, inf))

    @api.model
    def _prepare_change(self, study, figure, last):
        """Return what stands beside a bar of what it was before."""
        if not last:
            return {"before": "", "change": "", "change_tone": "muted"}
        return {
            "before": self._tell(last.value),
            "change": self._tell_change(figure.value - last.value),
            "change_tone": self._get_tone(study, figure, last),
        }

    @api.model
    def _can_plan(self, factor):
        """Hook: whether the caller can make an improvement plan of this factor."""
        return self.env["crm.satisfaction.plan"].has_access("create")

    @api.model
    def _sort_factors(self, tree, lines):
        """Return the bars of factors, the furthest below its target first and those
        without target last, each followed by its parts."""

        def far(factor):
            gap = lines[factor]["gap"]
            return (gap is None, lines[factor]["points"] if gap is None else gap)

        def walk(parent, level):
            below = [one for one in lines if (tree[one][0] or None) == parent]
            for factor in sorted(below, key=far):
                if not factor.is_standard:
                    yield {**lines[factor], "level": level}
                    yield from walk(factor, level + 1)

        return list(walk(None, 0))
