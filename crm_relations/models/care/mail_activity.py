from odoo import fields, models
from odoo.tools import html2plaintext


class MailActivity(models.Model):
    _inherit = "mail.activity"

    crm_care_task_ids = fields.One2many(
        comodel_name="crm.care.task",
        inverse_name="activity_id",
        string="Care Tasks",
        groups="crm_relations.group_user",
    )

    def _action_done(self, feedback=False, attachment_ids=None):
        tasks = self._get_care_tasks()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        if tasks:
            told = html2plaintext(feedback) if feedback else False
            tasks._close("done", result=told)
        return result

    def unlink(self):
        """An activity that is deleted without being done drops the care, or else the
        next night would bring it back."""
        tasks = self._get_care_tasks()
        result = super().unlink()
        if tasks:
            tasks._close("dropped")
        return result

    def _get_watched(self):
        """The care that an activity stands for is undone with it."""
        watched = super()._get_watched()
        tasks = self._get_care_tasks()
        return [*watched, *tasks._get_watched()] if tasks else watched

    def _get_care_tasks(self):
        # Superuser: who may end an activity ends the care it stands for.
        tasks = self.env["crm.care.task"].sudo()
        activities = self.sudo().filtered(
            lambda activity: activity.res_model == "res.partner"
        )
        if not activities:
            return tasks
        return tasks.search([("activity_id", "in", activities.ids)])
