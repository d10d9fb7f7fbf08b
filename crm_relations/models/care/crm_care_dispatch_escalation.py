from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.batches import BATCH


class CrmCareDispatch(models.AbstractModel):
    """Tell supervisors of care that is late, once, and end what nobody does."""

    _inherit = "crm.care.dispatch"

    @api.model
    def _escalate_batch(self, limit=BATCH):
        """Pass on at most ``limit`` tasks that have become late; return how many."""
        now = fields.Datetime.now()
        tasks = self._take_late(
            SQL("escalated_at IS NULL AND deadline_at <= %s", now), limit
        )
        tasks.escalated_at = now
        for task in tasks:
            # Who supervises may have changed with the executor.
            task.supervisor_id = task.rule_id._get_supervisor(task.user_id)
        told = tasks.filtered("supervisor_id")
        (tasks - told).is_told = True
        told.filtered("rule_id.supervisor_activity")._warn_supervisors()
        return len(tasks)

    @api.model
    def _miss_batch(self, limit=BATCH):
        """End at most ``limit`` tasks that nobody has done; return how many."""
        now = fields.Datetime.now()
        tasks = self._take_late(SQL("missed_at <= %s", now), limit)
        activities = tasks.activity_id
        tasks._close("missed", dispatch_facts={"code": "care_missed", "is_end": True})
        activities.unlink()
        return len(tasks)

    @api.model
    def _take_late(self, condition, limit):
        """Return open tasks, locked; those that another worker has are skipped."""
        tasks = self.env["crm.care.task"]
        tasks.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM crm_care_task
                 WHERE state = 'open' AND %s
              ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
                """,
                condition,
                limit,
            )
        )
        return tasks.browse(number for (number,) in rows)
