from odoo import fields, models

ENDED = {"done": "done", "failed": "dropped", "dropped": "dropped"}


class CrmCallback(models.Model):
    """A callback that stands for care ends the care with it."""

    _inherit = "crm.callback"

    care_task_id = fields.Many2one(
        comodel_name="crm.care.task",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
    )

    _care_task_uniq = models.UniqueIndex(
        "(care_task_id) WHERE care_task_id IS NOT NULL",
        "This care is being called about already.",
    )

    def _end(self, state):
        result = super()._end(state)
        self.care_task_id._close(ENDED[state])
        return result
