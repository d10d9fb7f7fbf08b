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
        return {
            "state": state,
            "result": words.strip(),
            "finished_at": fields.Datetime.now(),
            "finished_on": self.env.user._get_relations_today(),
        }

    def _step(self, states, vals, problem=""):
        known = self.exists()
        readable = known._filtered_access("read")
        allowed = readable._filtered_access("write")
        answers = []
        for plan in self:
            code, message = "ok", self.env._("Done.")
            if plan not in readable:
                code, message = "missing", self.env._("It does not exist any more.")
            elif plan not in allowed:
                code = "no_right"
                message = self.env._("Its owner and its supervisor decide this.")
            elif plan.state not in states:
                label = dict(self._fields["state"]._description_selection(self.env))
                code = "blocked"
                message = self.env._("The plan is: %s.", label[plan.state])
            elif problem:
                code, message = "blocked", problem
            else:
                # Superuser: nobody types the state; the right has been checked.
                plan.sudo().write(vals)
            answers.append(
                {"id": plan.id, "ok": code == "ok", "code": code, "message": message}
            )
        return answers

    def action_start(self):
        return self._show(self.start())

    def action_reopen(self):
        return self._show(self.reopen())

    def action_finish(self):
        return self._ask_words("finish", self.env._("Finish the Plan"))

    def action_drop(self):
        return self._ask_words("drop", self.env._("Drop the Plan"))

    def _show(self, answers):
        if len(answers) == 1 and answers[0]["ok"]:
            return None
        title = self.env._("Improvement Plans")
        return self.env["crm.answer.summary"]._open_or_refuse(answers, title)

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
