from odoo import fields, models

from ....tools.arguments import Answers, Text
from ....tools.sentences import join_words


class CrmAccountPlan(models.Model):
    """Asked for, put in force by somebody else, ended."""

    _inherit = "crm.account.plan"

    def ask(self) -> Answers:
        """Ask for the approval of these drafts; whoever works with the customer may.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (no draft, or no objective)
        """
        refusals, taken = self._take(("draft",), lambda known: known._get_not_mine())
        empty = taken.filtered(lambda plan: not plan.objective_ids)
        word = self.env._("A plan has at least one objective.")
        taken = taken._leave_out(refusals, dict.fromkeys(empty.ids, word))
        taken._involve()
        taken.write(
            {
                "state": "asked",
                "asked_at": fields.Datetime.now(),
                "asked_by_id": self.env.uid,
                "refusal_reason": False,
            }
        )
        return self._answer_each(
            refusals, self.env._("Asked for: somebody else approves it.")
        )

    def take_back(self) -> Answers:
        """Make these drafts again while nobody has decided.

        :return: as ``ask``
        """
        refusals, taken = self._take(("asked",), lambda known: known._get_not_mine())
        taken.write({"state": "draft", "asked_at": False, "asked_by_id": False})
        return self._answer_each(refusals, self.env._("It is a draft again."))

    def approve(self) -> Answers:
        """Put these plans in force: activities are planned, reviews dated.

        The leader of the team of the plan's owner, and relations managers; never who
        has written it, asked for it or owns it, nor the customer's salesperson.

        :return: as ``ask``
        """
        return self._approve(self.env._("The plan is in force."))

    def refuse(self, reason: Text = "") -> Answers:
        """Give these back as drafts, with the reason.

        :return: as ``approve``; blocked also without a reason
        """
        return self._refuse(reason, self.env._("It is a draft again."), state="draft")

    def end(self, reason: Text = "") -> Answers:
        """End these plans before, or after, their last day; whoever works with the
        customer may. Open activities of it are closed.

        :return: as ``ask``; blocked also without a reason
        """
        if not reason.strip():
            return self._refuse_all(self.env._("Give the reason."))
        refusals, taken = self._take(("approved",), lambda known: known._get_not_mine())
        taken._end_at_once(reason.strip())
        return self._answer_each(refusals, self.env._("The plan is ended."))

    def _end_at_once(self, reason):
        """End these, as superuser: nobody has to do, or to hold, anything for them."""
        for plan in self:
            plan.write(
                {
                    "state": "ended",
                    "end_reason": reason,
                    "ended_on": plan._get_today(),
                }
            )
        self.action_ids._cancel()
        self.review_ids.filtered(lambda one: one.state == "due").unlink()

    def action_ask(self):
        return self._show_answers(self.ask())

    def action_take_back(self):
        return self._show_answers(self.take_back())

    def action_end(self):
        action = self.env["crm.refusal.wizard"]._open_for(self)
        return action | {"name": self.env._("End the Plan")}

    def action_ask_change(self):
        """Open the form that asks for a change of this plan."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a Change"),
            "res_model": "crm.account.plan.change",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_plan_id": self.id},
        }

    def _refuse_where_seen(self, reason):
        """What is asked for is refused, what is in force is ended."""
        if self[:1].state == "approved":
            return self._show_answers(self.end(reason))
        return super()._refuse_where_seen(reason)

    def _follow_decision(self, state):
        if state == "approved":
            self._come_into_force()
        self._tell_askers("asked_by_id", "plans")
        return super()._follow_decision(state)

    def _come_into_force(self):
        for plan in self:
            plan.milestone_ids._fix()
            plan.action_ids._schedule()
            plan.review_ids._plan_for(plan)
            plan.version_ids._keep_of(plan)

    def _get_decision_subject(self):
        names = join_words(self.env, self.mapped("display_name"))
        if self[0].state == "approved":
            return self.env._("In force: %s", names)
        return self.env._("Refused: %s", names)

    def _get_not_mine(self):
        word = self.env._(
            "Only the customer's salesperson, who works along, the plan owner, the "
            "leader of the team or a relations manager may do this."
        )
        allowed = self.partner_id._filter_may_put_off()
        return {
            plan.id: word
            for plan in self
            if plan.partner_id not in allowed and plan.user_id != self.env.user
        }

    def _get_led(self):
        return super()._get_led() | self.user_id

    def _get_involved(self):
        return super()._get_involved() | self.user_id | self.partner_id.user_id

    def _get_involved_word(self):
        return self.env._(
            "You have written it, asked for it or answer for it, or the customer is "
            "yours: somebody else decides."
        )
