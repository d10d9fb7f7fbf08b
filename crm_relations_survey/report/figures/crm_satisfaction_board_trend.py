from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools.comparing import get_margin
from .crm_satisfaction_board import PERIODS

MONTHS = PERIODS["year"]


class CrmSatisfactionBoard(models.AbstractModel):
    """Who stands where, and how the index went."""

    _inherit = "crm.satisfaction.board"

    @api.model
    def _get_ranking(self, study, domain, by):
        """Return a line for each person, team or company, the best first; those with
        few answers have no place and stand last."""
        found = self._read_figures(domain, [by])
        total = self._read_figures(domain)[None]
        # Superuser: names of colleagues, teams and companies.
        lines = [
            self._prepare_rank(study, by, unit.sudo(), figures, total, domain)
            for unit, figures in found.items()
        ]
        lines.sort(key=lambda line: (bool(line["few"]), -(line["index"] or 0)))
        place = 0
        for line in lines:
            place += not line["few"]
            line["place"] = "" if line["few"] else place
        return lines

    @api.model
    def _prepare_rank(self, study, by, unit, figures, total, domain):
        index = figures["index"]
        low, high = figures["interval"]
        return {
            "id": unit.id,
            "name": unit.display_name or self.env._("Nobody"),
            "index": index.value,
            "index_text": self._tell(index.value),
            "margin": self._tell_margin(index),
            "share": 100 * (index.value or 0) / study.index_max,
            "few": self._tell_few(study, index.count),
            "tone": self._get_tone(study, index, total["index"]),
            "nps": self._tell(figures["nps"].value, 0),
            "nps_margin": self._tell_margin(figures["nps"], 0),
            "csat": self._tell(figures["csat"].value, 0),
            "csat_margin": ""
            if low is None
            else f"{self._tell(low, 0)} – {self._tell(high, 0)}",
            "answers": figures["answers"],
            "low": figures["low"],
            "model": "crm.satisfaction.report",
            "domain": [*domain, (by, "=", unit.id)],
            "low_domain": [*domain, (by, "=", unit.id), ("is_low", "=", True)],
        }

    @api.model
    def _get_trend(self, study, until=None, domain=Domain.TRUE):
        """Return a point for each of the last twelve months, those without answers
        too: ``{"label", "index", "margin", "count", "few"}``.

        :param until: the last day; today by default
        :param domain: of which answers
        """
        since, until = self._get_span(MONTHS, until=until)
        domain = self._get_span_domain(study, since, until) & domain
        found = self._read_figures(domain, ["date:month"])
        months = [since + relativedelta(months=number) for number in range(MONTHS)]
        return [self._prepare_point(study, month, found.get(month)) for month in months]

    @api.model
    def _prepare_point(self, study, month, figures):
        index = figures["index"] if figures else None
        value = index.value if index else None
        margin = get_margin(index) if index else None
        count = index.count if index else 0
        return {
            "month": month.isoformat()[:7],
            "label": format_date(self.env, month, date_format="MMM y"),
            "index": None if value is None else round(value, 1),
            "margin": None if margin is None else round(margin, 1),
            "count": count,
            "few": self._tell_few(study, count),
        }
