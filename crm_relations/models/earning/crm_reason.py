from odoo import models


class CrmReason(models.AbstractModel):
    """What a member would earn by a rule."""

    _inherit = "crm.reason"

    def _sentence_earning_preview(self, facts):
        return self.env._(
            "%(times)s times from %(start)s to %(end)s, %(points)s points each time.",
            times=facts.get("times"),
            points=self._format_plainly(facts.get("points")),
            start=self._format_day(facts.get("from")),
            end=self._format_day(facts.get("to")),
        )
