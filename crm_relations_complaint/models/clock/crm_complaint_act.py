from odoo import models

from odoo.addons.crm_relations.tools.arguments import Answers, Text

from ..register.crm_complaint import OPEN
from .crm_complaint_clock_kind import ANSWERS


class CrmComplaint(models.Model):
    """A complaint that waits for somebody outside: its clocks stand still."""

    _inherit = "crm.complaint"

    def pause(self, reason: Text) -> Answers:
        """Let these complaints wait, as for something that only the customer has.

        Only working time in a pause is not counted; terms of the law go on.

        :param reason: what is waited for
        :return: answers; codes: ok, missing, no_right, blocked (waits already, solved
            or closed)
        """
        self._check_reason(reason)
        refusals, taken = self._take(("new", "handling"))
        waiting = taken.browse(taken._get_paused_ids())
        blocked = self.env._("It stands still already.")
        refusals |= dict.fromkeys(waiting.ids, ("blocked", blocked))
        (taken - waiting)._record("paused", note=reason)
        return self._answer(refusals, self.env._("Its clocks stand still."))

    def resume(self) -> Answers:
        """Let these complaints go on.

        :return: answers; codes: ok, missing, no_right, blocked (does not wait)
        """
        refusals, taken = self._take(OPEN)
        waiting = taken.browse(taken._get_paused_ids())
        blocked = self.env._("It does not stand still.")
        refusals |= dict.fromkeys((taken - waiting).ids, ("blocked", blocked))
        waiting._record("resumed")
        return self._answer(refusals, self.env._("Its clocks go on."))

    def _customer_answered(self):
        """Hook: the customer has answered these complaints, as superuser: what stood
        still goes on."""
        waiting = self.browse(self._get_paused_ids())
        if waiting:
            waiting._record("resumed", by_customer=True)

    def _turn_pauses(self, event, at):
        """Begin or end the pauses of these complaints, as superuser: they have been
        paused or resumed, or what was waited for is done."""
        if event == "paused":
            self._begin_pauses(at)
        elif event in ("resumed", *ANSWERS):
            pauses = self.env["crm.complaint.pause"].search(
                [("complaint_id", "in", self.ids), ("ended_at", "=", False)]
            )
            doers = self.env["crm.complaint.clock"]._get_doers(self, event)
            for doer, some in pauses.grouped(
                lambda pause: doers.get(pause.complaint_id.id)
            ).items():
                some.write({"ended_at": at, "ended_by_id": doer})
            self.env["crm.complaint.pause"].flush_model()

    def _begin_pauses(self, at):
        waiting = self._get_paused_ids()
        notes = {
            event.complaint_id: event
            for event in self.env["crm.complaint.event"].search(
                [("complaint_id", "in", self.ids), ("kind", "=", "paused")],
                order="id",
            )
        }
        self.env["crm.complaint.pause"].create(
            [
                {
                    "complaint_id": complaint.id,
                    "company_id": complaint.company_id.id,
                    "reason": notes[complaint].note,
                    "started_at": at,
                    "user_id": notes[complaint].user_id.id,
                }
                for complaint in self
                if complaint.id not in waiting
            ]
        )

    def action_resume(self):
        return self._do_seen("resume")
