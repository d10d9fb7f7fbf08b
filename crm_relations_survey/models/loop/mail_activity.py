from odoo import models


class MailActivity(models.Model):
    """Whoever may settle a low answer settles it by marking its task as done."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        note = (feedback or "").strip() or self.env._("Marked as done.")
        for response in self._get_low_answers():
            # A customer's tasks are marked by all who work with it: by whom the answer
            # is about as well.
            if response.sudo(self.env.su)._may_settle():
                response._settle(note, self.env.user)
        return result

    def _get_watched(self):
        names = ["loop_state", "settled_at", "settled_by_id", "settlement"]
        return [*super()._get_watched(), (self._get_low_answers(), names)]

    def _get_low_answers(self):
        """Return, as superuser, the low answers that these are the tasks of. Their kind
        tells them: marking any other activity as done reads no table of ours."""
        # Superuser: who may settle them is asked of each.
        responses = self.env["crm.satisfaction.response"].sudo()
        kind = responses._get_loop_activity_type()
        tasks = self.filtered(lambda task: kind and task.activity_type_id == kind)
        if not tasks:
            return responses.browse()
        return responses.search(
            [("loop_activity_id", "in", tasks.ids), ("loop_state", "=", "open")]
        )
