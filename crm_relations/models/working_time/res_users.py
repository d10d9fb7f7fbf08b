from datetime import datetime, time, timedelta

from odoo import models

from ...tools.working_time import WorkingTime

# Who has no calendar is free to work at any time.
ALWAYS = WorkingTime("UTC", [[[(0, 24)]] * 7])


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_working_days(self, first, last):
        """Return ``{user: [date]}``: the days on which each of them works.

        By the calendar of the user's resource, else of the user's company, less the
        days off on which the user is away all working hours. The number of queries
        depends on the calendars, not on the users.

        :param first: local date, as ``last``; both are included
        """
        # Superuser: who works when is asked by jobs and by colleagues; days, not
        # reasons, are told.
        users = self.sudo()
        absences = users._get_absences(first, last)
        start = datetime.combine(first, time()) - timedelta(days=1)
        working_times = {}
        found = {}
        for user in users:
            calendar = user._get_working_calendar()
            if calendar not in working_times:
                working_times[calendar] = (
                    calendar._get_working_time(since=start) if calendar else ALWAYS
                )
            found[user.with_env(self.env)] = working_times[calendar].get_workdays(
                first, last, absences.get(user, ())
            )
        return found

    def _get_working_calendar(self):
        """Return the calendar by which this user works."""
        self.ensure_one()
        resources = self.resource_ids.sorted(
            lambda resource: resource.company_id != self.company_id
        )
        return resources.calendar_id[:1] or self.company_id.resource_calendar_id

    def _get_absences(self, first, last):
        """Return ``{user: [(from, to)]}`` in naive UTC, those around included."""
        leaves = self.env["resource.calendar.leaves"].search(
            [
                ("resource_id.user_id", "in", self.ids),
                ("time_type", "=", "leave"),
                ("date_from", "<=", last + timedelta(days=2)),
                ("date_to", ">=", first - timedelta(days=2)),
            ]
        )
        return {
            user: [(leave.date_from, leave.date_to) for leave in own]
            for user, own in leaves.grouped(
                lambda leave: leave.resource_id.user_id
            ).items()
        }
