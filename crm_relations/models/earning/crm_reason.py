from odoo import models

from ...tools.counted import tell_points, tell_times


class CrmReason(models.AbstractModel):
    """What a member would earn by a rule."""

    _inherit = "crm.reason"

    def _sentence_earning_preview(self, facts):
        return self.env._(
            "%(times)s from %(start)s to %(end)s, %(points)s each time.",
            times=tell_times(self.env, facts.get("times")),
            points=tell_points(self.env, self._format_plainly(facts.get("points"))),
            start=self._format_day(facts.get("from")),
            end=self._format_day(facts.get("to")),
        )
