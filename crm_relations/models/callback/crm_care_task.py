from datetime import timedelta

from odoo import api, fields, models

CALL_WITHIN = timedelta(hours=24)


class CrmCareTask(models.Model):
    """Care by telephone: the callback agents make the call."""

    _inherit = "crm.care.task"

    callback_ids = fields.One2many(
        comodel_name="crm.callback", inverse_name="care_task_id"
    )

    @api.model
    def _dispatch_callback(self, tasks):
        """Put each of these tasks on the agents' common list; a task that stands there
        already is left alone. Returns the callbacks made."""
        calls = self.env["crm.callback"].sudo()
        known = calls.search([("care_task_id", "in", tasks.ids)]).care_task_id
        return calls.create(
            [task._prepare_callback_vals() for task in tasks - known]
        )

    def _prepare_callback_vals(self):
        self.ensure_one()
        now = fields.Datetime.now()
        return {
            "source": "care",
            "care_task_id": self.id,
            "partner_id": self.partner_id.id,
            "person_id": (self.person_id - self.partner_id).id,
            "own_purpose": self.rule_id.name,
            "occasion": f"care-{self.id}",
            "occurred_at": self.due_at,
            "due_at": now,
            "deadline_at": max(now, self.due_at) + CALL_WITHIN,
            "facts": {"code": "callback_care", "source": self.rule_id.id},
        }
