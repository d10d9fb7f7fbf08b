from odoo import models


class MailActivity(models.Model):
    """The action of a plan follows its activity."""

    _inherit = "mail.activity"

    def write(self, vals):
        result = super().write(vals)
        if "date_deadline" in vals or "user_id" in vals:
            self._move_plan_actions()
        return result

    def _move_plan_actions(self):
        # Superuser: whoever postpones an activity need not write the plan.
        actions = self.env["crm.account.plan.action"].sudo()
        for action in actions.search([("activity_id", "in", self.ids)]):
            activity = action.activity_id
            # Nobody's activity: who is in charge of the action stays.
            user = activity.user_id or action.user_id
            if (action.due, action.user_id) != (activity.date_deadline, user):
                action.write({"due": activity.date_deadline, "user_id": user.id})
