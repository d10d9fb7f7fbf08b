from odoo import models


class MailActivity(models.Model):
    """Whoever marks the task of a low answer as done has settled it."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        for response in self._get_low_answers():
            note = (feedback or "").strip() or self.env._("Marked as done.")
            response._settle(note, self.env.user)
        return result

    def _get_watched(self):
        names = ["loop_state", "settled_at", "settled_by_id", "settlement"]
        return [*super()._get_watched(), (self._get_low_answers(), names)]

    def _get_low_answers(self):
        """Return, as superuser, the low answers that these are the tasks of. Their kind
        tells them: marking any other activity as done reads no table of ours."""
        # Superuser: whoever has the task settles the answer with it.
        responses = self.env["crm.satisfaction.response"].sudo()
        kind = responses._get_loop_activity_type()
        tasks = self.filtered(lambda task: kind and task.activity_type_id == kind)
        if not tasks:
            return responses.browse()
        return responses.search(
            [("loop_activity_id", "in", tasks.ids), ("loop_state", "=", "open")]
        )
