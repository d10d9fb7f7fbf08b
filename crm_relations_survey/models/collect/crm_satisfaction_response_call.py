from datetime import timedelta

from odoo import fields, models


class CrmSatisfactionResponse(models.Model):
    """Asking by a call: the callback in which the agent fills the survey."""

    _inherit = "crm.satisfaction.response"

    def _plan_calls(self):
        """Make a callback for each of these, just asked; as superuser."""
        now = fields.Datetime.now().replace(microsecond=0)
        calls = self.env["crm.callback"].sudo()
        made = calls.create(
            [
                {
                    "partner_id": response.partner_id.id,
                    "person_id": response.person_id.id,
                    "own_purpose": response.study_id.name,
                    "study_id": response.study_id.id,
                    "occasion": f"satisfaction-{response.id}",
                    "occurred_at": now,
                    "due_at": now,
                    "deadline_at": now
                    + timedelta(hours=response.study_id.callback_hours),
                }
                for response in self
            ]
        )
        for response, call in zip(self, made, strict=True):
            response.callback_id = call
