from odoo import fields, models

from odoo.addons.crm_relations.tools.arguments import Answers, Text
from odoo.addons.crm_relations.tools.sentences import join_words

MANAGER = "crm_relations_complaint.group_complaint_manager"


class CrmComplaintCrisis(models.Model):
    """The exit criteria decide when it is over."""

    _inherit = "crm.complaint.crisis"

    def end(self, lessons: Text = "") -> Answers:
        """End these crises: every exit criterion is met, no task is open.

        The leader and complaint managers may.

        :param lessons: what will be done otherwise next time
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (ended already, a criterion is not met, a task is
            open, a statement waits)
        """
        refusals, taken = self._take(("open",), lambda known: known._get_not_leader())
        problems = taken._get_end_problems()
        refusals |= {number: ("blocked", why) for number, why in problems.items()}
        ended = taken.filtered(lambda crisis: crisis.id not in problems)
        now = fields.Datetime.now()
        ended.write(
            {
                "state": "ended",
                "ended_at": now,
                "ended_by_id": self.env.uid,
                "next_report_at": False,
                "lessons": lessons.strip(),
            }
        )
        ended.complaint_ids._crisis_changed()
        return self._answer_each(refusals, self.env._("The crisis has ended."))

    def _get_not_leader(self):
        """Return ``{id: why}`` of those that the caller does not lead."""
        if self.env.user.has_group(MANAGER):
            return {}
        message = self.env._("The leader of the crisis, or a complaint manager, may.")
        others = self.filtered(lambda crisis: crisis.leader_id != self.env.user)
        return dict.fromkeys(others.ids, message)

    def _get_end_problems(self):
        """Return ``{id: why it is not over}``."""
        problems = {crisis.id: crisis._get_end_problem() for crisis in self}
        return {number: problem for number, problem in problems.items() if problem}

    def _get_end_problem(self):
        if left := self.item_ids.filtered(lambda item: not item.is_done):
            return self.env._(
                "Not reached or not done yet: %s.",
                join_words(self.env, left[:5].mapped("name")),
            )
        if not self.criterion_ids:
            return self.env._("Say first by which exit criteria it is over.")
        if self.statement_ids.filtered(lambda one: one.state == "draft"):
            return self.env._(
                "Statements wait for the spokesman: approve or refuse them."
            )
        return ""

    def action_end(self):
        """Ask what was learned, and end it."""
        problems = self._get_end_problems()
        if problems:
            return self._show_answers(self._refuse_all(next(iter(problems.values()))))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("End the Crisis"),
            "res_model": "crm.complaint.crisis.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_crisis_ids": self.ids, "default_act": "end"},
        }

    def action_report(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Report"),
            "res_model": "crm.complaint.crisis.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_crisis_ids": self.ids, "default_act": "report"},
        }

    def action_open_complaints(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaints"),
            "res_model": "crm.complaint",
            "view_mode": "list,kanban,form",
            "domain": [("crisis_id", "=", self.id)],
            "context": {"default_crisis_id": self.id},
        }
