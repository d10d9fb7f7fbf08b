from math import inf

from odoo import api, models
from odoo.fields import Domain

from ...tools.metrics import Figure
from .crm_satisfaction_board import ANSWERS


class CrmSatisfactionBoard(models.AbstractModel):
    """What stands on top: index, NPS, CSAT, answers, each beside the period before."""

    _inherit = "crm.satisfaction.board"

    @api.model
    def _get_tiles(self, study, now, before):
        """Return the tiles.

        :param now: domain of the answers of the period
        :param before: domain of those of the period before
        """
        figures = self._read_figures(now)[None]
        last = self._read_figures(before)[None]
        return [
            self._get_index_tile(study, figures, last, now),
            self._prepare_figure_tile(
                study, "nps", self.env._("NPS"), figures["nps"], last["nps"], now
            ),
            self._get_csat_tile(study, figures, last, now),
            self._prepare_tile(
                "answers", self.env._("Answers"), figures["answers"], now, last=last
            ),
            self._prepare_tile(
                "low",
                self.env._("Low answers"),
                figures["low"],
                now & Domain("is_low", "=", True),
                last=last,
            ),
        ]

    @api.model
    def _prepare_tile(self, key, label, count, domain, last):
        return {
            "key": key,
            "label": label,
            "value": str(count),
            "margin": "",
            "count": count,
            "few": "",
            "before": self.env._("before: %s", last[key]),
            "change": "",
            "tone": "muted",
            "target": "",
            "target_tone": "muted",
            "model": ANSWERS,
            "domain": list(domain),
        }

    @api.model
    def _prepare_figure_tile(self, study, key, label, figure, last, domain):
        """Return a tile of a figure with its margin; it is coloured only if it differs
        from the one before by more than chance."""
        before = self.env._(
            "before: %(value)s (answers: %(count)s)",
            value=self._tell(last.value),
            count=last.count,
        )
        change = ""
        if figure.value is not None and last.value is not None:
            change = self._tell_change(figure.value - last.value)
        return {
            "key": key,
            "label": label,
            "value": self._tell(figure.value),
            "margin": self._tell_margin(figure),
            "count": figure.count,
            "few": self._tell_few(study, figure.count),
            "before": before if last.count else self.env._("before: no answers"),
            "change": change,
            "tone": self._get_tone(study, figure, last),
            "target": "",
            "target_tone": "muted",
            "model": ANSWERS,
            "domain": list(domain & Domain(f"{key}_count", "=", 1)),
        }

    @api.model
    def _get_index_tile(self, study, figures, last, domain):
        index = figures["index"]
        tile = self._prepare_figure_tile(
            study, "index", self.env._("Index"), index, last["index"], domain
        )
        if study.target:
            tile["target"] = self.env._("target: %s", self._tell(study.target))
            target = Figure(study.target, 0.0, inf)
            tile["target_tone"] = self._get_tone(study, index, target)
        return tile

    @api.model
    def _get_csat_tile(self, study, figures, last, domain):
        tile = self._prepare_figure_tile(
            study, "csat", self.env._("CSAT"), figures["csat"], last["csat"], domain
        )
        low, high = figures["interval"]
        if low is not None:
            tile["value"] += " %"
            tile["margin"] = f"{self._tell(low)} – {self._tell(high)} %"
        return tile
