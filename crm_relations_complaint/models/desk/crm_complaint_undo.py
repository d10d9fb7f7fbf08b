from odoo import models

# What is taken back by a click for some seconds. Not what others have been told of by
# then: who was asked to take it over, the customer who is asked whether it is settled.
UNDONE = frozenset(
    (
        *("accept", "take_back", "resume", "pause", "promise"),
        *("record_contact", "tell_plan", "tell_decision"),
    )
)
OWN = ("state", "user_id", "waiting_for_id", "plan")
CLOCK = (
    *("user_id", "target", "unit", "from_opening", "deadline_at", "pauses"),
    *("paused_at", "result", "stopped_at", "stop_event", "stopped_by_id"),
    *("minutes_used", "minutes_over", "escalate_at"),
)
PAUSE = ("ended_at", "ended_by_id")
HANDOVER = ("state", "answered_at", "reason")
# What an act makes: by the field that leads there, what must stand as it was made.
MADE = {
    "event_ids": ("kind", "at"),
    "clock_ids": ("result", "deadline_at"),
    "pause_ids": ("ended_at",),
}


class CrmComplaint(models.Model):
    """A step that was clicked by mistake is taken back where it was done: its event
    goes, clocks run on as if it had not been, and the chatter keeps that somebody did
    so."""

    _inherit = "crm.complaint"

    def _do_seen(self, act, *values):
        if act not in UNDONE or len(self) != 1:
            return super()._do_seen(act, *values)
        acts = self.env["crm.act"]
        before = acts._look_at(self._get_undo_watched())
        there = self._get_undo_made()
        answers = getattr(self, act)(*values)
        if not answers[0]["ok"]:
            return self._show_answers(answers)
        made = [
            (records - known, names)
            for (records, names), (known, _names) in zip(
                self._get_undo_made(), there, strict=True
            )
        ]
        # Superuser: as above. What has happened since is built on this step.
        left = [(self.sudo(), ("event_ids",))]
        kept = acts._keep(
            self, before, made, left, right="_filter_workable", then="_act_undone"
        )
        return kept._tell(answers[0]["message"])

    def _get_undo_watched(self):
        """Return what an act may change: ``[(records, names)]``."""
        # Superuser: of a complaint on which the caller works.
        known = self.sudo()
        return [
            (known, OWN),
            (known.clock_ids, CLOCK),
            (known.pause_ids, PAUSE),
            (known.handover_ids, HANDOVER),
            (known.escalation_ids, ("answered_at",)),
        ]

    def _get_undo_made(self):
        known = self.sudo()  # superuser: as above
        known.invalidate_recordset(list(MADE))
        return [(known[name], names) for name, names in MADE.items()]

    def _act_undone(self):
        """What follows from a step that was taken back: who was told of a clock that
        runs again has it to do again."""
        # Superuser: who may was asked, and what follows is written by nobody.
        known = self.sudo()
        self.env.flush_all()
        known._refresh_next_clock()
        known.clock_ids._watch(known.clock_ids.read(["escalate_at"]))
        known.escalation_ids.filtered(
            lambda one: (
                one.state == "told" and not one.answered_at and not one.activity_id
            )
        )._tell_again()
        known._message_log(body=self.env._("The last step was taken back."))
