from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        # Superuser: who may finish an activity finishes the care it stands for.
        tasks = (
            self.env["crm.care.task"].sudo().search([("activity_id", "in", self.ids)])
        )
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        tasks._close("done")
        return result

    def unlink(self):
        """An activity that is deleted without being done drops the care, or else the
        next night would bring it back."""
        tasks = (
            self.env["crm.care.task"].sudo().search([("activity_id", "in", self.ids)])
        )
        result = super().unlink()
        tasks._close("dropped")
        return result
