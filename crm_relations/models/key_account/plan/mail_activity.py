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
            if (action.due, action.user_id) != (
                activity.date_deadline,
                activity.user_id,
            ):
                action.write(
                    {"due": activity.date_deadline, "user_id": activity.user_id.id}
                )
