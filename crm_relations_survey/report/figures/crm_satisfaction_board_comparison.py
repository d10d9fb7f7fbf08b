from odoo import api, models
from odoo.fields import Domain

from odoo.addons.crm_relations.tools.arguments import Given, Id, Text, is_id

from ...tools.comparing import is_few, roll_up
from ...tools.metrics import Figure
from .crm_satisfaction_board import PERIODS, SCORES, UNITS

MOST_SHOWN = 6
SHOWN_FIRST = 3


class CrmSatisfactionBoard(models.AbstractModel):
    """People, teams or companies side by side, factor by factor."""

    _inherit = "crm.satisfaction.board"

    @api.model
    def get_comparison(
        self,
        study_id: Id = None,
        period: Text = "quarter",
        by: Text = "user_id",
        unit_ids: Given = None,
    ):
        """Return some units beside their team (people) or all (teams, companies) and
        the best: one radar each.

        :param unit_ids: ids of people, teams or companies, six at most; without any
            the three that most answers are about
        :return: ``{"choices": [{"id", "name", "answers"}], "axes", "units": [{"id",
            "name", "few", "answers", "series", "rows"}]}``; ``axes`` are the main
            factors, ``series`` has ``points`` in their order, ``rows`` the same with
            margin and change; empty without a study
        """
        study = self.env["crm.satisfaction.study"].search([("id", "=", study_id or 0)])
        if not study:
            return {"choices": [], "axes": [], "units": []}
        period = period if period in PERIODS else "quarter"
        by = by if by in UNITS else "user_id"
        wanted = unit_ids if isinstance(unit_ids, (list, tuple)) else []
        wanted = [one for one in wanted if is_id(one)][:MOST_SHOWN]
        months = PERIODS[period]
        domains = (
            self._get_span_domain(study, *self._get_span(months, back))
            for back in (0, 1)
        )
        return self._compare(study, *domains, by, wanted)

    @api.model
    def _compare(self, study, now, before, by, wanted=()):
        choices = self._get_choices(now, by)
        known = [choice["id"] for choice in choices]
        shown = [one for one in wanted if one in known] or known[:SHOWN_FIRST]
        world = self._get_world(study, now, by)
        world["last"] = self._read_units(study, before, by)
        return {
            "choices": choices,
            "axes": [{"id": axis.id, "name": axis.name} for axis in world["axes"]],
            "units": [
                self._prepare_unit(study, choice, by, world)
                for choice in choices
                if choice["id"] in shown
            ],
        }

    @api.model
    def _get_choices(self, domain, by):
        """Return whom there are answers about, those with most first."""
        rows = self.env["crm.satisfaction.report"]._read_group(
            domain & Domain(by, "!=", False), [by], ["answer_count:sum"]
        )
        # Superuser: names of colleagues, teams and companies.
        choices = [
            {"id": unit.id, "name": unit.sudo().display_name, "answers": count}
            for unit, count in rows
        ]
        return sorted(choices, key=lambda one: (-one["answers"], one["name"]))

    @api.model
    def _get_world(self, study, domain, by):
        """Return what units are compared with: ``axes``, ``units`` and ``teams``
        (figures of each by factor), ``all``, ``best``, ``team_of``."""
        units = self._read_units(study, domain, by)
        tree = self._get_tree(study)
        total = roll_up(tree, self._read_scores(domain)[0])
        axes = [
            factor
            for factor, (parent, _weight) in tree.items()
            if not parent and not factor.is_standard and factor in total
        ]
        people = by == "user_id"
        return {
            "axes": axes,
            "units": units,
            "all": total,
            "best": {axis: self._get_best(study, units, axis) for axis in axes},
            "teams": self._read_units(study, domain, "team_id") if people else {},
            "team_of": self._get_team_of(domain) if people else {},
        }

    @api.model
    def _read_units(self, study, domain, by):
        """Return ``{unit id: {factor: Figure}}``, rolled up."""
        measures = ("points:avg", "points_error:avg", "answer_count:count_distinct")
        rows = self.env[SCORES]._read_group(
            domain & Domain("factor_id", "!=", False), [by, "factor_id"], measures
        )
        found = {}
        for unit, factor, *figure in rows:
            figure = self._prepare_score_figure(*figure)
            found.setdefault(unit.id, {})[factor] = figure
        tree = self._get_tree(study)
        return {unit: roll_up(tree, figures) for unit, figures in found.items()}

    @api.model
    def _get_best(self, study, units, axis):
        """Return the best points of those with enough answers; None if nobody has."""
        values = [
            figures[axis].value
            for figures in units.values()
            if axis in figures and not is_few(figures[axis].count, study.minimum_count)
        ]
        return max(values, default=None)

    @api.model
    def _get_team_of(self, domain):
        """Return the team in which most answers about each person were given."""
        rows = self.env["crm.satisfaction.report"]._read_group(
            domain & Domain("team_id", "!=", False),
            ["user_id", "team_id"],
            ["answer_count:sum"],
        )
        found = {}
        for user, team, count in rows:
            if count > found.get(user.id, (0, None))[0]:
                found[user.id] = (count, team)
        return {user: team for user, (_count, team) in found.items()}

    @api.model
    def _prepare_unit(self, study, choice, by, world):
        team = world["team_of"].get(choice["id"])
        others = world["teams"].get(team.id, {}) if team else world["all"]
        # Superuser: the name of a team.
        beside = team.sudo().name if team else self.env._("All")
        axes = world["axes"]
        return {
            **choice,
            "few": self._tell_few(study, choice["answers"]),
            "answers_text": self.env._("Answers: %s", choice["answers"]),
            "series": [
                _prepare_line(
                    choice["name"], world["units"].get(choice["id"], {}), axes
                ),
                _prepare_line(beside, others, axes),
                {
                    "label": self.env._("Best"),
                    "points": [world["best"][axis] for axis in axes],
                },
            ],
            "rows": [
                self._prepare_row(study, choice["id"], by, axis, others, world)
                for axis in axes
            ],
        }

    @api.model
    def _prepare_row(self, study, unit_id, by, axis, others, world):
        nothing = Figure(None, None, 0)
        figure = world["units"].get(unit_id, {}).get(axis, nothing)
        last = world["last"].get(unit_id, {}).get(axis, nothing)
        other = others.get(axis, nothing)
        return {
            "factor": axis.name,
            "points": self._tell(figure.value),
            "margin": self._tell_margin(figure),
            "answers": figure.count,
            "few": self._tell_few(study, figure.count),
            "beside": self._tell(other.value),
            "best": self._tell(world["best"][axis]),
            "tone": self._get_tone(study, figure, other),
            "before": self._tell(last.value),
            "change_tone": self._get_tone(study, figure, last),
        }


def _prepare_line(label, figures, axes):
    found = [figures.get(axis) for axis in axes]
    return {"label": label, "points": [one and one.value for one in found]}
