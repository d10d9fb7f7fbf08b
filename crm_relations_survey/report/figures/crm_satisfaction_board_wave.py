from math import sqrt

from odoo import api, models
from odoo.fields import Domain

from ...tools.comparing import roll_up
from ...tools.metrics import Figure
from .crm_satisfaction_board import ANSWERS, PERIODS, SCORES

# Units that say how all of us do: our companies, where nobody published the whole.
WHOLE, COMPANY = OURS = ("whole", "company")


class CrmSatisfactionBoard(models.AbstractModel):
    """Our own surveys beside what an institute published."""

    _inherit = "crm.satisfaction.board"

    @api.model
    def _get_parts_of_board(self, study, period, by):
        parts = super()._get_parts_of_board(study, period, by)
        if not self.env["crm.satisfaction.wave"].has_access("read"):
            return parts
        now = self._get_span_domain(study, *self._get_span(PERIODS[period]))
        return {
            **parts,
            "external": self._get_external(study, now),
            "trend_lines": self._get_trend_lines(study),
        }

    @api.model
    def _get_external(self, study, now):
        """Return the last wave factor by factor beside our own answers; None if there
        is none."""
        waves = self.env["crm.satisfaction.wave"]
        wave = waves.search(
            [("study_id", "=", study.id)],
            order="date_to desc nulls last, id desc",
            limit=1,
        )
        domain = self._get_ours_domain(wave)
        own = roll_up(self._get_tree(study), self._read_scores(now)[0])
        rows = self.env[SCORES]._read_group(
            domain,
            ["factor_id"],
            ["points:avg", "score_count:sum", "peer_average:avg"],
        )
        if not rows:
            return None
        lines = [self._prepare_external(study, own, *row) for row in rows]
        return {
            "title": self.env._(
                "Own surveys beside %(institute)s %(wave)s",
                institute=wave.source or "",
                wave=wave.name,
            ),
            "break": self._tell_break(wave),
            "lines": lines,
            "label": wave.name,
            "model": SCORES,
            "domain": list(domain),
        }

    @api.model
    def _get_ours_domain(self, wave):
        """Return which scores of a wave say how all of us do."""
        domain = Domain("wave_id", "=", wave.id)
        whole = domain & Domain("unit_kind", "=", WHOLE)
        if self.env[SCORES].search_count(whole, limit=1):
            return whole
        return domain & Domain("unit_kind", "=", COMPANY)

    @api.model
    def _tell_break(self, wave):
        if not wave.is_series_break:
            return ""
        return self.env._("Series break: %s", wave.break_reason or "")

    @api.model
    def _prepare_external(self, study, own, factor, points, base, peers):
        figure = own.get(factor, Figure(None, None, 0))
        other = Figure(points, self._guess_error(figure, base), base)
        gap = None if figure.value is None else figure.value - points
        return {
            "id": factor.id,
            "name": factor.name,
            "own": self._tell(figure.value),
            "few": self._tell_few(study, figure.count),
            "other": self._tell(points),
            "base": base,
            "peers": self._tell(peers or None),
            "gap": "" if gap is None else self._tell_change(gap),
            "tone": self._get_tone(study, figure, other),
        }

    @api.model
    def _guess_error(self, figure, base):
        """Institutes publish no spread: their answers are taken to vary as ours do."""
        if figure.error is None or not base:
            return None
        return figure.error * sqrt(figure.count / base)

    @api.model
    def _get_trend_lines(self, study):
        """Return what waves published of the index in the last twelve months, a line
        from one series break to the next."""
        since, until = self._get_span(PERIODS["year"])
        domain = Domain("study_id", "=", study.id) & Domain("source", "=", "external")
        domain &= Domain("unit_kind", "in", OURS)
        domain &= Domain("date", ">=", since) & Domain("date", "<=", until)
        rows = self.env[ANSWERS]._read_group(
            domain, ["wave_id", "unit_kind"], ["index:avg"]
        )
        # Sorted by unit, the whole stands last, and is what is kept.
        rows.sort(key=lambda row: row[1])
        found = {wave: index for wave, _kind, index in rows}
        lines = []
        for wave, index in sorted(
            found.items(), key=lambda row: (row[0].date_to, row[0].id)
        ):
            if not lines or wave.is_series_break:
                lines.append({"label": self._name_line(wave), "data": [None] * 12})
            month = 12 * (wave.date_to.year - since.year)
            month += wave.date_to.month - since.month
            lines[-1]["data"][month] = round(index, 1)
        return lines

    @api.model
    def _name_line(self, wave):
        name = wave.source or self.env._("Institute")
        if not wave.is_series_break:
            return name
        return self.env._(
            "%(institute)s, from %(wave)s on", institute=name, wave=wave.name
        )
