from odoo import api, fields, models

HOUR = 60


class CrmComplaintClock(models.Model):
    """How much time is left, or over, in words."""

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
        over = running._get_minutes_over(now)
        for clock in self:
            if clock in over:
                clock.standing = clock._tell_running(over[clock], now)
            else:
                clock.standing = clock._tell_stopped()

    def _get_minutes_over(self, now):
        """Return ``{clock: working minutes after its deadline}``, below zero before."""
        rows = [
            {
                "started_at": min(now, clock.deadline_at),
                "calendar_id": clock.calendar_id.id or None,
            }
            for clock in self
        ]
        times = self._get_times(rows)
        return {
            clock: times[row["calendar_id"]].get_over(
                clock.deadline_at, now, clock.unit or "minute"
            )
            for clock, row in zip(self, rows, strict=True)
        }

    def _tell_running(self, over, now):
        if now > self.deadline_at:
            return self.env._("%(time)s overdue", time=self._tell_minutes(over))
        return self.env._("%(time)s left", time=self._tell_minutes(-over))

    def _tell_stopped(self):
        labels = dict(self._fields["result"]._description_selection(self.env))
        if self.result in ("met", "late") and self.minutes_over:
            time = self._tell_minutes(abs(self.minutes_over))
            if self.result == "late":
                return self.env._("Late by %(time)s", time=time)
            return self.env._("Met, %(time)s to spare", time=time)
        if self.result == "running":
            return self.env._("Nobody works by its calendar")
        return labels.get(self.result, "")

    @api.model
    def _tell_minutes(self, minutes):
        """Return working time in words. Hours are not made days: those of a calendar
        have few of them."""
        minutes = int(minutes)
        if minutes < 1:
            return self.env._("less than a minute")
        if minutes < HOUR:
            return self.env._("%(minutes)s min", minutes=minutes)
        hours, minutes = divmod(minutes, HOUR)
        if not minutes or hours >= 10:
            return self.env._("%(hours)s h", hours=hours)
        return self.env._("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)

    @api.depends("target", "unit", "due_at")
    @api.depends_context("lang")
    def _compute_target_words(self):
        units = dict(self._fields["unit"]._description_selection(self.env))
        for clock in self:
            clock.target_words = (
                self.env._("as promised")
                if clock.due_at
                else f"{clock.target} {units.get(clock.unit, '')}"
            )
