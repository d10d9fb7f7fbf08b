from datetime import timedelta

from odoo import fields, models

CALL_WITHIN = timedelta(hours=24)


class CrmCareTask(models.Model):
    """Care by telephone: the callback agents make the call."""

    _inherit = "crm.care.task"

    callback_ids = fields.One2many(
        comodel_name="crm.callback", inverse_name="care_task_id"
    )

    def _dispatch_callback(self, outcomes):
        """Put these tasks on the agents' common list; what stands there already is left
        alone.

        :param outcomes: ``{task id: {"deadline_at": …}}`` as the dispatcher knows it
        :return: ``{}``: nothing else is to be written on the tasks
        """
        calls = self.env["crm.callback"].sudo()
        known = calls.search([("care_task_id", "in", self.ids)]).care_task_id
        calls.create(
            [
                task._prepare_callback_vals(outcomes.get(task.id, {}))
                for task in self - known
            ]
        )
        return {}

    def _prepare_callback_vals(self, outcome):
        self.ensure_one()
        now = fields.Datetime.now()
        deadline = outcome.get("deadline_at") or self.due_at + CALL_WITHIN
        return {
            "source": "care",
            "care_task_id": self.id,
            "partner_id": self.partner_id.id,
            "person_id": (self.person_id - self.partner_id).id,
            "own_purpose": self.rule_id.name,
            "occasion": f"care-{self.id}",
            "occurred_at": self.due_at,
            "due_at": now,
            "deadline_at": max(now, deadline),
            "facts": {"code": "callback_care", "source": self.rule_id.id},
        }
