from odoo import api, fields, models

from ...tools.clock_time import CALENDAR_DAYS

HOUR = 60
MANY = 10  # hours of which the minutes do not count any more


class CrmComplaintClock(models.Model):
    """How much time is left, or over, in words: the same on every screen, in what the
    clock counts."""

    _inherit = "crm.complaint.clock"

    standing = fields.Char(
        compute="_compute_standing",
        help="What is left in working time; of what has stopped, what came of it.",
    )
    target_words = fields.Char(string="Time Limit", compute="_compute_target_words")

    @api.depends("result", "deadline_at", "minutes_over", "unit", "calendar_id")
    @api.depends_context("lang")
    def _compute_standing(self):
        now = fields.Datetime.now()
        running = self.filtered(lambda one: one.result == "running" and one.deadline_at)
        times = running._get_own_times(now)
        for clock in self:
            if clock in running:
                clock.standing = clock._tell_running(times[clock], now)
            else:
                clock.standing = clock._tell_stopped()

    def _get_own_times(self, now):
        """Return ``{clock: ClockTime}``."""
        rows = [
            {
                "started_at": min(now, clock.deadline_at),
                "calendar_id": clock.calendar_id.id or None,
            }
            for clock in self
        ]
        times = self._get_times(rows)
        pairs = zip(self, rows, strict=True)
        return {clock: times[row["calendar_id"]] for clock, row in pairs}

    def _tell_running(self, time, now):
        """Return what is left, or over: of days, those while there are any."""
        first, last = sorted((now, self.deadline_at))
        is_in_days = self.unit in ("day", *CALENDAR_DAYS)
        days = time.count_days(now, self.deadline_at, self.unit) if is_in_days else 0
        if days:
            words = self._tell_days(days)
        else:
            words = self._tell_minutes(
                time.get_used(first, last, self.unit or "minute"), self.unit
            )
        if now > self.deadline_at:
            return self.env._("%(time)s overdue", time=words)
        return self.env._("%(time)s left", time=words)

    def _tell_days(self, days):
        if self.unit in CALENDAR_DAYS:
            if days == 1:
                return self.env._("1 day")
            return self.env._("%(days)s days", days=days)
        if days == 1:
            return self.env._("1 working day")
        return self.env._("%(days)s working days", days=days)

    def _tell_stopped(self):
        labels = dict(self._fields["result"]._description_selection(self.env))
        if self.result in ("met", "late") and self.minutes_over:
            time = self._tell_minutes(abs(self.minutes_over), self.unit)
            if self.result == "late":
                return self.env._("Late by %(time)s", time=time)
            return self.env._("Met, %(time)s to spare", time=time)
        if self.result == "running":
            return self.env._("Nobody works by its calendar")
        return labels.get(self.result, "")

    @api.model
    def _tell_minutes(self, minutes, unit):
        """Return working time in words. Hours are not made days: those of a calendar
        have few of them; and so many are more than one day, so they say what they
        are."""
        minutes = int(minutes)
        if minutes < 1:
            return self.env._("less than a minute")
        if minutes < HOUR:
            return self.env._("%(minutes)s min", minutes=minutes)
        hours, minutes = divmod(minutes, HOUR)
        if hours >= MANY and unit not in ("any_hour", *CALENDAR_DAYS):
            return self.env._("%(hours)s working hours", hours=hours)
        if not minutes or hours >= MANY:
            return self.env._("%(hours)s h", hours=hours)
        return self.env._("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)

    @api.depends("target", "unit", "due_at")
    @api.depends_context("lang")
    def _compute_target_words(self):
        lines = self.env["crm.complaint.policy.line"]
        for clock in self:
            clock.target_words = (
                self.env._("as promised")
                if clock.due_at
                else lines._tell_target(clock.target, clock.unit)
            )
