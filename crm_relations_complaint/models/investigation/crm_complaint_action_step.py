from datetime import timedelta

from odoo import fields, models

from odoo.addons.crm_relations.tools.arguments import Answers, Text
from odoo.addons.crm_relations.tools.sentences import join_words

from ..register.crm_complaint_act import OFFICER

RESULTS = ("effective", "not_effective")


class CrmComplaintAction(models.Model):
    """Done, checked, dropped: each with a word, each decided once."""

    _inherit = "crm.complaint.action"

    def finish(self, result: Text = "") -> Answers:
        """Say that these actions are done.

        The owner, who answers for the complaint and complaint officers may.

        :param result: what was done
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (no longer open, or somebody is changing it)
        """
        refusals, taken = self._take(("open",), lambda known: known._get_not_mine())
        now = fields.Datetime.now()
        for action in taken:
            today = action.company_id._get_relations_day(now)
            wait = action.efficacy_days
            action.write(
                {
                    "state": "done" if wait else "effective",
                    "done_at": now,
                    "done_by_id": self.env.uid,
                    "result": result.strip(),
                    "check_on": wait and today + timedelta(days=wait),
                }
            )
        return self._answer_each(refusals, self.env._("Done."))

    def record_check(self, outcome: Text, note: Text = "") -> Answers:
        """Keep what the check of these actions showed. An action that has not helped
        is followed by another one of the same kind and owner, which is open.

        The checker, or where none is named any complaint officer; never who did it, nor
        its owner.

        :param outcome: ``effective`` or ``not_effective``
        :param note: what was seen; needed where it has not helped
        :return: as ``finish``; blocked also for another outcome or without the note
        """
        if outcome not in RESULTS:
            return self._refuse_all(self.env._("Choose whether it has helped or not."))
        if outcome == "not_effective" and not note.strip():
            return self._refuse_all(
                self.env._("Say what shows that it has not helped.")
            )
        refusals, taken = self._take(("done",), lambda known: known._get_not_checker())
        taken.write(
            {
                "state": outcome,
                "checked_at": fields.Datetime.now(),
                "checked_by_id": self.env.uid,
                "check_note": note.strip(),
            }
        )
        if outcome == "not_effective":
            taken._plan_next()
        return self._answer_each(refusals, self.env._("Checked."))

    def drop(self, reason: Text = "") -> Answers:
        """Say that these actions are not done after all.

        :param reason: why; kept
        :return: as ``finish``; blocked also where no reason is given
        """
        if not reason.strip():
            return self._refuse_all(self.env._("Say why it is not done."))
        refusals, taken = self._take(
            ("open",), lambda known: known._get_not_in_charge()
        )
        taken.write({"state": "dropped", "drop_reason": reason.strip()})
        return self._answer_each(refusals, self.env._("Dropped."))

    def _get_not_mine(self):
        """Return ``{id: why}`` of those that the caller does not do."""
        mine = self.filtered(lambda action: action.user_id == self.env.user)
        return (self - mine)._get_not_in_charge()

    def _get_not_in_charge(self):
        """Return ``{id: why}`` of those whose complaint the caller does not answer
        for."""
        message = self.env._("Its owner, or who answers for the complaint, may.")
        # Superuser: who answers for a complaint.
        in_charge = self.filtered(
            lambda action: action.sudo().complaint_id._is_answered_by(self.env.user)
        )
        return dict.fromkeys((self - in_charge).ids, message)

    def _get_not_checker(self):
        """Return ``{id: why}`` of those that the caller may not check."""
        user = self.env.user
        is_officer = user.has_group(OFFICER)
        refused = {}
        for action in self:
            if user in (action.done_by_id | action.user_id):
                refused[action.id] = self.env._(
                    "Who has done it does not check it: somebody else does."
                )
            elif action.checker_id != user and (action.checker_id or not is_officer):
                refused[action.id] = self.env._("%s checks it.", self._get_checker())
        return refused

    def _get_checker(self):
        names = self.checker_id.mapped("name")
        return join_words(self.env, names) or self.env._("A complaint officer")

    def _plan_next(self):
        """Plan what follows after actions that have not helped."""
        for action in self:
            today = action.company_id._get_relations_today()
            action.copy(
                {
                    "earlier_id": action.id,
                    "due_on": today + timedelta(days=7),
                    "user_id": action.user_id.id,
                }
            )

    def action_finish(self):
        return self.env["crm.complaint.action.wizard"]._open_for(self, "finish")

    def action_check(self):
        return self.env["crm.complaint.action.wizard"]._open_for(self, "check")

    def action_drop(self):
        return self.env["crm.complaint.action.wizard"]._open_for(self, "drop")
