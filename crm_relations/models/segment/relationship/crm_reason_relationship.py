from odoo import models
from odoo.tools import formatLang

from ....tools.counted import tell_points
from .crm_relationship_levels import LEVELS


class CrmReason(models.AbstractModel):
    """Why a relationship is on its level."""

    _inherit = "crm.reason"

    def _sentence_relationship(self, facts):
        values = self._get_relationship_values(facts)
        level = facts.get("level")
        if not level:
            return self.env._("No level: there is no evidence any more.")
        if facts.get("cap") and facts["cap"] == level:
            return self.env._(
                "%(level)s: %(score)s, but %(holding)s: no higher while that is so.",
                **values,
            )
        if level == LEVELS[0][0]:
            return self.env._(
                "%(level)s: more speaks against than for, %(score)s.", **values
            )
        if facts.get("reach") == level:
            return self.env._(
                "%(level)s: %(score)s, at least %(threshold)s are needed. The "
                "evidence proves no more than this.",
                **values,
            )
        return self.env._(
            "%(level)s: %(score)s, at least %(threshold)s are needed.", **values
        )

    def _figures_relationship(self, facts):
        figures = []
        for kind in self._get_relationship_kinds(facts):
            pieces, points = facts["kinds"][str(kind.id)]
            points = self._count_points(points)
            figures.append((f"{kind.name} × {pieces}", points))
        return figures

    def _format_points(self, points):
        return formatLang(self.env, points or 0.0, digits=2)

    def _count_points(self, points):
        return tell_points(self.env, self._format_points(points))

    def _get_relationship_kinds(self, facts):
        ids = [int(key) for key in facts.get("kinds") or {}]
        return self._browse_named("crm.relationship.evidence.kind", ids).sorted()

    def _get_relationship_values(self, facts):
        levels = self.env["res.partner"]._fields["relationship_level"]
        labels = dict(levels._description_selection(self.env))
        holding = self._get_relationship_kinds(facts).filtered(
            lambda kind: kind.cap and kind.cap == facts.get("cap")
        )
        return {
            "level": labels.get(facts.get("level"), ""),
            "score": self._count_points(facts.get("score")),
            "threshold": self._format_points(facts.get("threshold")),
            "holding": holding[:1].name or "",
        }
