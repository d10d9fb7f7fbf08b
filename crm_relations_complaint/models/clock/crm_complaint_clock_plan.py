from odoo import api, models

from ...tools.clock_time import ClockTime


class CrmComplaintClock(models.Model):
    """When clocks run out, by their calendars."""

    _inherit = "crm.complaint.clock"

    @api.model
    def _plan_rows(self, rows):
        """Hook: set in these rows what follows from start, target, pauses and calendar.

        What has no deadline (it stands still, or nobody ever works) gets None.
        """
        times = self._get_times(rows)
        for row in rows:
            row["deadline_at"] = row["due_at"] or _plan_row(
                times[row["calendar_id"]], row
            )
            row["is_outdated"] = False

    @api.model
    def _get_times(self, rows):
        """Return ``{calendar id: ClockTime}``; three queries a calendar."""
        since = min((row["started_at"] for row in rows), default=None)
        # Superuser: a deadline is the same whoever asks.
        calendars = self.env["resource.calendar"].sudo()
        return {
            number: ClockTime(
                number and calendars.browse(number)._get_working_time(since=since)
            )
            for number in {row["calendar_id"] for row in rows}
        }

    @api.model
    def _judge_rows(self, rows, at, event, users=None):
        """Set the result of these rows: their event has come, at ``at``.

        :param users: ``{complaint id: id of who did it}``, None for the customer;
            without it, the caller
        """
        self._plan_rows(rows)
        for row, time in self._get_timed(rows):
            deadline = row["deadline_at"]
            is_late = deadline is not None and at > deadline
            self._end_row(row, time, at, "late" if is_late else "met")
            row["stop_event"] = event
            number = row["complaint_id"]
            row["stopped_by_id"] = self.env.uid if users is None else users.get(number)

    @api.model
    def _cancel_rows(self, rows, at, event=None):
        """End these rows without their event: late if the deadline has passed."""
        self._plan_rows(rows)
        for row, time in self._get_timed(rows):
            deadline = row["deadline_at"]
            is_late = deadline is not None and at > deadline
            self._end_row(row, time, at, "late" if is_late else "cancelled")
            row["stop_event"] = event
            row["stopped_by_id"] = self.env.uid

    @api.model
    def _get_timed(self, rows):
        times = self._get_times(rows)
        return [(row, times[row["calendar_id"]]) for row in rows]

    @api.model
    def _end_row(self, row, time, at, result):
        """What of the target was used, and what was left or over, as of ``at``."""
        stop = max(at, row["started_at"])
        # A pause that is on ends with the clock.
        row["pauses"] = [
            [begin, stop if end is None else end] for begin, end in row["pauses"]
        ]
        begun, unit, pauses = row["started_at"], row["unit"] or "minute", row["pauses"]
        row["minutes_used"] = time.get_used(begun, stop, unit, pauses)
        deadline = row["deadline_at"] or _plan_row(time, row | {"unit": unit})
        if deadline:
            row["deadline_at"] = deadline
            row["minutes_over"] = time.get_over(deadline, stop, unit, pauses)
        row |= {"result": result, "stopped_at": stop, "paused_at": None}


def _plan_row(time, row):
    names = ("started_at", "target", "unit", "pauses", "from_opening")
    return time.plan(*(row[name] for name in names))
