from odoo import api, models

TODO = "mail.mail_activity_data_todo"


class CrmComplaintAction(models.Model):
    """One activity is open as long as something is to be done: by the owner until it is
    done, by the checker until it is checked."""

    _inherit = "crm.complaint.action"

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._remind()
        return actions

    def write(self, vals):
        result = super().write(vals)
        if not {"state", "user_id", "due_on", "checker_id"}.isdisjoint(vals):
            self._remind()
        return result

    def _remind(self):
        # Superuser: reminders are made for others, too.
        actions = self.sudo()
        actions.activity_unlink([TODO])
        for action in actions:
            user, day, summary = action._get_reminder()
            if user and user.active:
                # Odoo's own key: the list of the person tells, no mail for each.
                action.with_context(mail_activity_quick_update=True).activity_schedule(
                    TODO, date_deadline=day, summary=summary, user_id=user.id
                )

    def _get_reminder(self):
        """Return who is reminded of what on which day; nobody where nothing is to be
        done."""
        if self.state == "open":
            return self.user_id, self.due_on, self.name
        if self.state == "done":
            room = self.with_context(lang=self.checker_id.lang)
            summary = room.env._("Has it helped? %s", self.name)
            return self.checker_id, self.check_on, summary
        return self.env["res.users"], False, ""
