from odoo import fields, models

from ..effects.crm_complaint import SERIOUS

# The act by which a clock stops, by the event that it waits for.
ACTS = {
    "handed_over": "hand_over",
    "accepted": "accept",
    "contacted": "record_contact",
    "planned": "tell_plan",
    "decided": "tell_decision",
    "solved": "solve",
    "confirmed": "confirm",
    "closed": "close",
}


class CrmComplaint(models.Model):
    """A line of the desk."""

    _inherit = "crm.complaint"

    def _prepare_desk_line(self, clock, event):
        """Return what the desk shows of this complaint.

        :param clock: the clock that ends next, or None
        :param event: what happened last, or None
        """
        self.ensure_one()
        # Superuser: names of the customer and of colleagues, of a complaint that the
        # caller has read.
        known = self.sudo()
        deadline = clock.deadline_at if clock else False
        return {
            "id": self.id,
            "name": self.name,
            "subject": self.subject,
            "customer": known._get_complainant(),
            "demand": (self.demand or "").strip(),
            "severity": self._get_severity_label(),
            "is_serious": self.severity in SERIOUS,
            "is_repeat": self.is_repeat,
            "is_paused": self.is_paused,
            "state": self.state,
            "clock": clock.display_name if clock else "",
            "deadline_at": fields.Datetime.to_string(deadline) if deadline else False,
            "deadline": self.env.user._tell_moment(deadline) if deadline else "",
            "when": known.clock_words or "",
            "last": self._tell_last_event(event),
            "who": known._tell_who(self.env.user),
            "acts": self._sort_desk_acts(clock),
        }

    def _get_complainant(self):
        """Return who complains, in a few words."""
        names = [self.partner_id.name, self.person_id.name or self.caller_name]
        return " · ".join(filter(None, names)) or self.env._("Unknown caller")

    def _tell_last_event(self, event):
        if not event:
            return ""
        kinds = dict(event._fields["kind"]._description_selection(self.env))
        by = event.user_id.name or self.env._("the customer")
        when = self.env.user._tell_moment(event.at, "short")
        words = [kinds[event.kind], by, when, (event.note or "").strip()]
        return " · ".join(filter(None, words))

    def _tell_who(self, user):
        """Return who answers, where that is not the reader himself."""
        if self.waiting_for_id == user:
            return self.env._(
                "%(person)s answers for it until you accept.",
                person=self.user_id.name or self.env._("nobody"),
            )
        if self.waiting_for_id:
            return self.env._(
                "%(person)s was asked to take it over; %(answering)s answers until "
                "then.",
                person=self.waiting_for_id.name,
                answering=self.user_id.name or self.env._("nobody"),
            )
        if not self.user_id:
            return self.env._("Nobody answers for it.")
        return self.user_id.name if self.user_id != user else ""

    def _sort_desk_acts(self, clock):
        """Return the acts, the one that stops the next clock first."""
        # Superuser: the event that a clock waits for.
        event = clock.sudo().kind_id.stop_event if clock else False
        first = ACTS.get(event)
        acts = self._get_desk_acts()
        if self.waiting_for_id == self.env.user:
            return acts
        return sorted(acts, key=lambda act: act["key"] != first)
