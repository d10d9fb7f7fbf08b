from odoo import models
from odoo.exceptions import AccessError, UserError

MOVED = {"user_id", "date_deadline"}


class MailActivity(models.Model):
    """A low answer is settled, handed on and put off by its task, by whoever may settle
    it."""

    _inherit = "mail.activity"

    def write(self, vals):
        answers = self._get_low_answers() if MOVED & vals.keys() else None
        if not answers:
            return super().write(vals)
        if not self.env.su:
            self._check_low_answers(answers, vals)
        result = super().write(vals)
        answers._follow_tasks()
        return result

    def _check_low_answers(self, answers, vals):
        """Raise unless the caller may hand these on, or put them off.

        :raise AccessError: it is the task of others
        :raise UserError: it would be nobody's, or somebody's who cannot see it
        """
        if not all(one.sudo(False)._may_settle() for one in answers):
            raise AccessError(
                self.env._("Whoever is to settle a low answer, and leaders, decide it.")
            )
        if "user_id" not in vals:
            return
        user = self.env["res.users"].browse(vals["user_id"] or [])
        if not all(one._may_be_settled_by(user) for one in answers):
            raise UserError(
                self.env._("Give the low answer to somebody who works in its company.")
            )

    def _items_given(self):
        result = super()._items_given()
        self.invalidate_recordset(["user_id"])
        self._get_low_answers()._follow_tasks()
        return result

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
