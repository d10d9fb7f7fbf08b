from odoo import models


class CrmReason(models.AbstractModel):
    """Which complaint a call after its closing is about."""

    _inherit = "crm.reason"

    def _get_fact_links(self):
        return super()._get_fact_links() | {
            "callback_complaint/source": "crm.complaint",
        }

    def _sentence_callback_complaint(self, facts):
        complaint = self._get_linked(facts, "source")
        if not complaint:
            return super()._sentence_callback_complaint(facts)
        return self.env._(
            "Complaint %(complaint)s was closed on %(day)s.",
            complaint=complaint.display_name,
            day=self._format_day(facts.get("at")),
        )
