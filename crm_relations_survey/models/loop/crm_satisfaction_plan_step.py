from odoo import fields, models

from odoo.addons.crm_relations.tools.arguments import Answers, Text

from .crm_satisfaction_plan import OPEN


class CrmSatisfactionPlan(models.Model):
    """What becomes of a plan, by methods."""

    _inherit = "crm.satisfaction.plan"

    def start(self) -> Answers:
        """Begin with these plans.

        :return: ``[{"id", "ok", "code", "message"}]``; codes: ok, missing, no_right,
            blocked (the message says by what)
        """
        return self._step(("draft",), {"state": "running"})

    def finish(self, result: Text) -> Answers:
        """Say what came of these plans; the score afterwards stands beside the last one
        from the next answer on.

        :return: as ``start``
        """
        problem = "" if result.strip() else self.env._("Say what came of it.")
        return self._step(OPEN, self._prepare_end("done", result), problem)

    def drop(self, reason: Text) -> Answers:
        """Give these plans up.

        :return: as ``start``
        """
        problem = "" if reason.strip() else self.env._("Say why it is given up.")
        return self._step(OPEN, self._prepare_end("dropped", reason), problem)

    def reopen(self) -> Answers:
        """Take up plans again that were finished or dropped.

        :return: as ``start``
        """
        nothing = dict.fromkeys(("finished_at", "finished_on", "result"), False)
        return self._step(("done", "dropped"), {"state": "running", **nothing})

    def _prepare_end(self, state, words):
        now = fields.Datetime.now()
        return {
            "state": state,
            "result": words.strip(),
            "finished_at": now,
            "finished_on": self.env.user._get_relations_day(now),
        }

    def _step(self, states, vals, problem=""):
        labels = dict(self._fields["state"]._description_selection(self.env))

        def get_refusal(plan):
            if not plan.has_access("write"):
                return "no_right", self.env._(
                    "Its owner and its supervisor decide this."
                )
            if plan.state not in states:
                return "blocked", self.env._("The plan is: %s.", labels[plan.state])
            return ("blocked", problem) if problem else None

        # Superuser: nobody types the state; the right has been checked.
        return self._act_on_each(
            get_refusal, lambda plan: plan.sudo().write(vals), self.env._("Done.")
        )

    def action_start(self):
        return self._show_problems(self.start(), self.env._("Improvement Plans"))

    def action_reopen(self):
        return self._show_problems(self.reopen(), self.env._("Improvement Plans"))

    def action_finish(self):
        return self._ask_words("finish", self.env._("Finish the Plan"))

    def action_drop(self):
        return self._ask_words("drop", self.env._("Drop the Plan"))

    def _ask_words(self, act, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "crm.satisfaction.settle.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_plan_ids": self.ids, "default_act": act},
        }

    def action_hold_meeting(self):
        """Make the record of a meeting about these plans."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Meeting Record"),
            "res_model": "crm.satisfaction.meeting",
            "views": [(False, "form")],
            "context": {
                "default_plan_ids": self.ids,
                "default_company_id": self.company_id[:1].id,
                "default_attendee_ids": [
                    user.id for user in (self.user_id | self.supervisor_id)
                ],
            },
        }
