from odoo import models


class CrmReason(models.AbstractModel):
    """Which complaint a call after its closing is about; that somebody complains is a
    reason to contact him."""

    _inherit = "crm.reason"

    def _get_fact_links(self):
        return super()._get_fact_links() | {
            "callback_complaint/source": "crm.complaint",
        }

    def _next_complaint(self, facts):
        days = facts.get("complaint_age") or 0
        if days < 1:
            return self.env._("Complained today")
        if days == 1:
            return self.env._("Complained yesterday, not settled yet")
        return self.env._("Complained %s days ago, not settled yet", days)

    def _sentence_callback_complaint(self, facts):
        complaint = self._get_linked(facts, "source")
        if not complaint:
            return super()._sentence_callback_complaint(facts)
        return self.env._(
            "Complaint %(complaint)s was closed on %(day)s.",
            complaint=complaint.display_name,
            day=self._format_day(facts.get("at")),
        )
