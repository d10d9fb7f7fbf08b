from odoo import api, fields, models


class CrmFollowup(models.Model):
    """The follow-up with which care is done: one entry settles the task, the day by
    which the customer is to be contacted, and the clock of the public pool."""

    _inherit = "crm.followup"

    care_task_id = fields.Many2one(
        comodel_name="crm.care.task",
        string="Does the Care",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The care task that is done with this record.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        followups = super().create(vals_list)
        for followup in followups.filtered("care_task_id"):
            followup._settle_care()
        return followups

    def _settle_care(self):
        """Close the task; its activity, if there is one, has closed it already."""
        task = self.care_task_id.with_env(self.env)
        task._check_is_of(self.customer_id)
        if task not in task._filter_open():
            return
        # Not as superuser: it may not be this user's to do.
        task.check_access("write")
        before = self.env["crm.act"]._look_at(task._get_all_watched())
        task._close("done", result=self.content)
        self._keep_logged(before, [])

    def _settles(self):
        return super()._settles() or bool(self.care_task_id)
