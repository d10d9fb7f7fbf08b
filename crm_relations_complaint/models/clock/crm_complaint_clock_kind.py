from odoo import api, fields, models
from odoo.exceptions import ValidationError

WHOSE = [
    ("answerable", "Who is answerable"),
    ("asked", "Who was asked to take it over"),
]
# What answers a complaint ends the pause it is in.
ANSWERS = ("solved", "closed", "withdrawn", "merged")
STARTS = ("start_event", "other_start_event")
STOPS = ("stop_event", "other_stop_event")


class CrmComplaintClockKind(models.Model):
    """What is measured: from which event of a complaint to which.

    A clock stops at the first of its stopping events, and is judged at that moment.
    How long it may take is said by the policies.
    """

    _name = "crm.complaint.clock.kind"
    _description = "Kind of clock"
    _inherit = ["crm.condition.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    start_event = fields.Selection(
        selection="_selection_event",
        string="Starts When",
        help="Empty: it is started by hand, as a promise is.",
    )
    other_start_event = fields.Selection(
        selection="_selection_event",
        string="Or When",
        help="“Reopened”: a second round has a clock of its own, the first one keeps "
        "its result.",
    )
    stop_event = fields.Selection(selection="_selection_event", string="Stops When")
    other_stop_event = fields.Selection(
        selection="_selection_event",
        string="Stops Also When",
        help="Whichever comes first.",
    )
    stops_when_solved = fields.Boolean(
        default=True,
        help="A solved complaint needs it no more: it stops then at the latest.",
    )
    cancel_event = fields.Selection(
        selection="_selection_event",
        string="Falls Away When",
        help="It is waited for no more, and nobody was in time or late.",
    )
    pause_event = fields.Selection(
        selection="_selection_event",
        string="Stands Still When",
        default="paused",
        help="Working time counts again when it goes on. Empty: it never stands still, "
        "as terms of the law do not.",
    )
    resume_event = fields.Selection(
        selection="_selection_event", string="Goes On When", default="resumed"
    )
    each_time = fields.Boolean(
        string="Every Time",
        help="It starts each time its event happens, once the last one has stopped. "
        "Else once a round.",
    )
    whose = fields.Selection(
        selection=WHOSE,
        required=True,
        default="answerable",
        help="Whose clock it is: who is told, and whose result it is.",
    )
    is_promise = fields.Boolean(readonly=True, copy=False)

    @api.model
    def _selection_event(self):
        kinds = self.env["crm.complaint.event"]._fields["kind"]
        return kinds._description_selection(self.env)

    @api.constrains("start_event", "stop_event", "pause_event", "resume_event")
    def _check_events(self):
        for kind in self:
            if not kind.is_promise and not (kind.start_event and kind.stop_event):
                raise ValidationError(
                    self.env._(
                        "Say by what the clock “%(kind)s” starts and stops.",
                        kind=kind.name,
                    )
                )
            if bool(kind.pause_event) != bool(kind.resume_event):
                raise ValidationError(
                    self.env._(
                        "What stands still has to go on: give “%(kind)s” both events, "
                        "or none.",
                        kind=kind.name,
                    )
                )
            if kind._get_events(STARTS) & kind._get_events(STOPS):
                raise ValidationError(
                    self.env._(
                        "The clock “%(kind)s” would stop by what starts it.",
                        kind=kind.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_promise(self):
        if any(kind.is_promise for kind in self):
            raise ValidationError(
                self.env._("Promises are clocks of this kind: it stays.")
            )

    def _get_events(self, names):
        """Return the events that these fields name."""
        self.ensure_one()
        return {self[name] for name in names if self[name]}

    def _starts_by(self, event):
        return event in self._get_events(STARTS)

    def _stops_by(self, event):
        if event == "solved" and self.stops_when_solved and not self.is_promise:
            return not self._starts_by(event)
        return event in self._get_events(STOPS)

    def _goes_on_by(self, event):
        events = {event, "resumed"} if event in ANSWERS else {event}
        return self.resume_event in events
