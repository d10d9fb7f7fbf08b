from odoo import models

from .crm_work_report import TEXTS

HANDED_IN = (
    *("state", "figures", "handed_in_at", "read_at", "read_by_id"),
    *("team_id", "leader_id"),
)


class CrmWorkReport(models.Model):
    """Buttons: what goes well is told with Undo for some seconds, what does not is
    said."""

    _inherit = "crm.work.report"

    def action_hand_in(self):
        return self._do_where_seen(self.hand_in, "_filter_own")

    def action_take_back(self):
        return self._do_where_seen(self.take_back, "_filter_own")

    def action_mark_read(self):
        return self._do_where_seen(self.mark_read, "_filter_of_others")

    def action_return(self):
        """Ask what is to be corrected, and return it."""
        wizard = self.env["crm.refusal.wizard"]._open_for(self)
        return wizard | {"name": self.env._("Return for Correction")}

    def _refuse_where_seen(self, reason):
        """Called by the wizard that asks for the reason."""
        answers = self.return_for_correction(reason)
        return self._tell_answers(answers) or self.env["crm.act"]._tell(
            self.env._("Returned.")
        )

    def _do_where_seen(self, method, right):
        acts = self.env["crm.act"]
        before = acts._look_at([(self, HANDED_IN)])
        answers = method()
        if refused := self._tell_answers(answers):
            return refused
        # With other texts it is another report: not the one that was in time.
        act = acts._keep(self, before, left=[(self, TEXTS)], right=right)
        return act._tell(" ".join({answer["message"] for answer in answers}))

    def _tell_answers(self, answers):
        """Return what tells the answers where not all went well, else nothing."""
        if answers and all(answer["ok"] for answer in answers):
            return None
        answers = [{**answer, "id": False} for answer in answers]
        return self.env["crm.answer.summary"]._open_or_refuse(answers)

    def _filter_own(self):
        return self._filtered_access("read").filtered("is_mine")

    def _filter_of_others(self):
        return self._filtered_access("read").filtered(lambda one: not one.is_mine)
