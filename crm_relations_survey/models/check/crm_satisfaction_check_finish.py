from odoo import fields, models

from odoo.addons.crm_relations.tools.arguments import Answers

from .crm_satisfaction_check import SPECIALIST


class CrmSatisfactionCheck(models.Model):
    """A check that is finished counts as scores beside what customers say."""

    _inherit = "crm.satisfaction.check"

    def finish(self) -> Answers:
        """Finish these checks: their scores count from now on.

        :return: ``[{"id", "ok", "code", "message"}]``; codes: ok, missing, no_right
            (not the caller's), blocked (finished already, or a standard is not judged)
        """
        return self._act_on_checks(self._get_finish_refusal, self._finish)

    def take_up(self) -> Answers:
        """Take finished checks up again: their scores go until they are finished anew.

        :return: as ``finish``
        """
        return self._act_on_checks(self._get_take_up_refusal, self._take_up)

    def action_finish(self):
        return self._show_problems(self.finish(), self.env._("Checks"))

    def action_take_up(self):
        return self._show_problems(self.take_up(), self.env._("Checks"))

    def action_cancel(self):
        """Nobody goes on with it."""
        self.check_access("write")
        # Superuser: nobody types the state; the right has been checked.
        drafts = self.sudo().filtered(lambda check: check.state == "draft")
        drafts.state = "cancelled"

    def _act_on_checks(self, get_problem, act):
        def get_refusal(check):
            if not check._may_finish():
                return "no_right", self.env._(
                    "Who checks, and who runs studies, decides this."
                )
            words = get_problem(check)
            return ("blocked", words) if words else None

        return self._act_on_each(get_refusal, act, self.env._("Done."))

    def _may_finish(self):
        return (
            self.env.su
            or self.checker_id == self.env.user
            or self.env.user.has_group(SPECIALIST)
        )

    def _get_finish_refusal(self, check):
        if check.state != "draft":
            return self.env._("This check is finished already.")
        if check.open_count:
            return self.env._(
                "Standards that nobody has judged yet: %s.", check.open_count
            )
        if not check.counted:
            return self.env._("No standard applies: cancel the check instead.")
        return ""

    def _get_take_up_refusal(self, check):
        if check.state != "done":
            return self.env._("This check is not finished.")
        return ""

    def _finish(self, check):
        # Superuser: nobody writes scores; who may finish has been decided.
        check = check.sudo()
        response = self.env["crm.satisfaction.response"].sudo()
        response = response.create(check._prepare_response_vals())
        self.env["crm.satisfaction.score"].sudo().create(
            [
                line._prepare_score_vals(response)
                for line in check.line_ids
                if line.answer in ("yes", "no")
            ]
        )
        check.write(
            {
                "state": "done",
                "done_at": fields.Datetime.now(),
                "response_id": response.id,
            }
        )
        response._answered()

    def _take_up(self, check):
        # Superuser: as in ``_finish``.
        check = check.sudo()
        check.response_id.unlink()
        check.write({"state": "draft", "done_at": False})

    def _prepare_response_vals(self):
        self.ensure_one()
        study = self.study_id
        return {
            "study_id": study.id,
            "state": "answered",
            "channel": "check",
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "team_id": self.team_id.id,
            "asked_by_id": self.checker_id.id,
            "asked_at": self.checked_at,
            "answered_at": self.checked_at,
            "answered_on": self.company_id._get_relations_day(self.checked_at),
            "points": self.points,
            "has_points": True,
            "comment": self.note,
            "is_low": self.points < study.low_limit,
        }
