from odoo import api, fields, models
from odoo.exceptions import ValidationError

UNITS = [
    ("minute", "working minutes"),
    ("hour", "working hours"),
    ("day", "working days"),
    ("any_hour", "hours, day and night"),
    ("any_day", "calendar days"),
    ("any_day_open", "calendar days, the last one a working day"),
    ("any_month", "calendar months"),
    ("any_month_open", "calendar months, the last day a working day"),
]
LONGEST = {
    "minute": 600000,
    "hour": 10000,
    "day": 2500,
    "any_hour": 24 * 3660,
    "any_day": 3660,
    "any_day_open": 3660,
    "any_month": 120,
    "any_month_open": 120,
}


class CrmComplaintPolicyLine(models.Model):
    """How long one kind of clock may take under a policy."""

    _name = "crm.complaint.policy.line"
    _description = "Clock of a complaint policy"
    _order = "policy_id, sequence, id"
    _rec_name = "kind_id"

    policy_id = fields.Many2one(
        comodel_name="crm.complaint.policy",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    sequence = fields.Integer(default=10)
    kind_id = fields.Many2one(
        comodel_name="crm.complaint.clock.kind",
        string="Clock",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('is_promise', '=', False)]",
    )
    target = fields.Integer(required=True, default=1)
    unit = fields.Selection(
        selection=UNITS,
        required=True,
        default="hour",
        help="Working time is counted by the calendar. Working days: until work ends "
        "on that day; the day of the start does not count, nor of calendar days, which "
        "are due at midnight. Months end on the day with the same date. Terms that "
        "would end on a day off often end on the next working day.",
    )
    again_target = fields.Integer(
        string="After Reopening",
        help="Less time for who did not content the customer the first time. 0: the "
        "same.",
    )

    _kind_uniq = models.UniqueIndex(
        "(policy_id, kind_id)", "A policy has each clock once."
    )
    _target_positive = models.Constraint(
        "CHECK(target > 0 AND again_target >= 0)",
        "A clock runs for at least one minute, hour or day.",
    )

    @api.constrains("target", "again_target", "unit")
    def _check_target(self):
        for line in self:
            if max(line.target, line.again_target) > LONGEST[line.unit]:
                raise ValidationError(
                    self.env._("No complaint may take longer than ten years.")
                )

    @api.constrains("kind_id")
    def _check_kind_id(self):
        if any(line.kind_id.is_promise for line in self):
            raise ValidationError(
                self.env._("A promise is due when it was promised; no policy says it.")
            )

    def _get_target(self, complaint):
        """Return how many units the clock of this complaint may run. To be extended
        where something else sets a standard."""
        self.ensure_one()
        return (complaint.round > 1 and self.again_target) or self.target

    def _prepare_clock(self, complaint):
        """Return what a clock of this complaint takes from this line; it keeps it."""
        self.ensure_one()
        calendar = self.policy_id.calendar_id or complaint._get_clock_calendar()
        return {
            "policy_id": self.policy_id.id,
            "line_id": self.id,
            "calendar_id": calendar.id or None,
            "target": self._get_target(complaint),
            "unit": self.unit,
            "from_opening": self.policy_id.from_opening,
        }

    def _tell(self):
        """Return “first contact within 4 working hours”."""
        self.ensure_one()
        values = {
            "kind": self.kind_id.name or "…",
            "target": self._tell_target(self.target, self.unit),
        }
        if self.again_target:
            return self.env._(
                "%(kind)s within %(target)s (after reopening %(again)s)",
                again=self.again_target,
                **values,
            )
        return self.env._("%(kind)s within %(target)s", **values)

    @api.model
    def _tell_target(self, target, unit):
        """Return “1 working day”, “4 working hours”."""
        one = {
            "minute": self.env._("1 working minute"),
            "hour": self.env._("1 working hour"),
            "day": self.env._("1 working day"),
            "any_hour": self.env._("1 hour, day and night"),
            "any_day": self.env._("1 calendar day"),
            "any_day_open": self.env._("1 calendar day, or the next working day"),
            "any_month": self.env._("1 calendar month"),
            "any_month_open": self.env._("1 calendar month, or the next working day"),
        }
        if target == 1 and unit in one:
            return one[unit]
        units = dict(self._fields["unit"]._description_selection(self.env))
        return self.env._("%(count)s %(unit)s", count=target, unit=units.get(unit, ""))
