from odoo import models


class CrmReason(models.AbstractModel):
    """Why a customer is invited."""

    _inherit = "crm.reason"

    def _get_fact_links(self):
        return super()._get_fact_links() | {"activity": "event.event"}

    def _sentence_care_activity(self, facts):
        event = self._get_linked(facts, "activity")
        return self.env._(
            "Invitation: %(activity)s", activity=event.name or facts.get("name") or ""
        )
