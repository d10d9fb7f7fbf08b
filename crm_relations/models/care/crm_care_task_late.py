from odoo import api, fields, models

from ...tools.sentences import join_words


class CrmCareTask(models.Model):
    """What a supervisor gets to know of care that is late."""

    _inherit = "crm.care.task"

    def _warn_supervisors(self):
        """Make an activity for the supervisor of each of these tasks."""
        warning = self.env.ref("mail.mail_activity_data_warning", False)
        warning = warning or self.env.ref("crm_relations.mail_activity_type_care")
        # Odoo would mail every single assignment; the digest tells them all at once.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        made = activities.create([task._prepare_warning_vals(warning) for task in self])
        for task, activity in zip(self, made, strict=True):
            task.warning_id = activity

    def _prepare_warning_vals(self, activity_type):
        self.ensure_one()
        task = self.with_context(lang=self.supervisor_id.lang)
        return {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": self.partner_id.id,
            "activity_type_id": activity_type.id,
            "summary": task.env._(
                "Late: %(summary)s (%(user)s)",
                summary=task._get_summary(),
                user=self.user_id.name,
            ),
            "date_deadline": self.supervisor_id._get_relations_today(),
            "user_id": self.supervisor_id.id,
        }

    def _close(self, state, **values):
        """What has come to an end needs no warning any more."""
        result = super()._close(state, **values)
        # Superuser: called for care, whose rights have been checked.
        warnings = self.sudo().filtered(lambda task: task.state != "open").warning_id
        if warnings:
            warnings.unlink()
        return result

    @api.model
    def _take_untold(self, users):
        """Return ``{supervisor: late tasks}`` they have not been told of yet, and mark
        them as told. What has been done in the meantime is not worth a line."""
        # Superuser: a job; each supervisor is told of what it answers for.
        tasks = self.sudo().search(
            [
                ("supervisor_id", "in", users.ids),
                ("escalated_at", "!=", False),
                ("is_told", "!=", True),
            ],
            order="deadline_at, id",
        )
        tasks.is_told = True
        late = tasks.filtered(lambda task: task.state == "open")
        return late.grouped("supervisor_id")

    def _prepare_digest_card(self, lang):
        """Return the card of these late tasks as the daily digest shows it."""
        tasks = self.with_context(lang=lang)
        return {
            "key": "care_late",
            "title": tasks.env._("Care not done in time by those you supervise"),
            "count": len(tasks),
            "lines": [
                {
                    "name": task.partner_id.complete_name,
                    "detail": join_words(
                        tasks.env, [task.rule_id.name, task.user_id.name]
                    ),
                    "day": fields.Date.to_string(task.occasion_date),
                }
                for task in tasks[:3]
            ],
        }
