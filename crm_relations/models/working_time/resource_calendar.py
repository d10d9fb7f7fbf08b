from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.arguments import Given
from ...tools.working_time import NoWorkingHours, NoWorkingTime, WorkingTime

# A day off counts as a whole day together with its neighbours.
MARGIN = timedelta(days=2)


class ResourceCalendar(models.Model):
    """Working time counted in minutes and in days; the conventions stand in
    ``tools/working_time.py``."""

    _inherit = "resource.calendar"

    makeup_day_ids = fields.One2many(
        comodel_name="resource.calendar.makeup.day",
        inverse_name="calendar_id",
        string="Make-up Workdays",
        groups="crm_relations.group_user",
        help="Days that are worked although they are a weekend or a holiday.",
    )

    def copy(self, default=None):
        """Take the make-up workdays along, as Odoo does with the days off."""
        copies = super().copy(default)
        # Superuser: who may copy a calendar may have no role in this app.
        for original, calendar in zip(self.sudo(), copies, strict=True):
            original.makeup_day_ids.copy({"calendar_id": calendar.id})
        return copies

    def plan_minutes(self, start: Given, minutes: Given, pauses: Given = ()):
        """Return when so many minutes will have been worked.

        Moments are naive UTC datetimes, or ISO 8601 text, also with a time zone.

        :param start: from when on to count; whole seconds
        :param minutes: zero or more, fractions down to the second; zero gives
            ``start``, or when work begins next
        :param pauses: (from, to) pairs in any order; ``to`` empty: still on
        :return: naive UTC datetime; False when a pause that is still on begins
            before, as nobody knows when it will end
        :raise ValidationError: a calendar without hours, or bad input
        """
        start = self._read_moment(start)
        seconds = self._read_minutes(minutes)
        pauses = self._read_pauses(pauses)
        working_time = self._get_working_time(since=start)
        try:
            return working_time.plan(start, seconds, pauses) or False
        except NoWorkingTime as error:
            raise self._prepare_no_time_error(error) from error

    def elapsed_minutes(self, start: Given, end: Given, pauses: Given = ()):
        """Return the minutes worked from ``start`` to ``end``.

        Parameters and errors as in ``plan_minutes``; ``end`` is not before ``start``.

        :return: float, exact to the second
        """
        start, end = self._read_moment(start), self._read_moment(end)
        self._check_order(start, end)
        pauses = self._read_pauses(pauses)
        working_time = self._get_working_time(since=start, until=end)
        try:
            return working_time.elapsed(start, end, pauses) / 60
        except NoWorkingTime as error:
            raise self._prepare_no_time_error(error) from error

    def plan_workdays(self, start: Given, days: Given):
        """Return the date of the ``days``-th working day after ``start``.

        A working day is a local day with any working time; the start day is not
        counted, and zero days give it back.

        :param start: a date, or a moment that stands for its local day
        :param days: whole number, zero or more
        :raise ValidationError: a calendar without hours, or bad input
        """
        days = self._read_days(days)
        moment, day = self._read_moment_or_date(start)
        working_time = self._get_working_time(since=moment)
        try:
            return working_time.plan_workdays(
                day or working_time.get_local_date(moment), days
            )
        except NoWorkingTime as error:
            raise self._prepare_no_time_error(error) from error

    def _get_working_time(self, since=None, until=None):
        """Return this calendar as ``tools.working_time.WorkingTime``.

        Three queries; whoever has many moments to plan asks once and keeps it.

        :param since: closings that end long before are left out
        :param until: those that begin long after as well
        """
        self.ensure_one()
        self.check_access("read")
        # Superuser: a deadline is the same whoever asks, and says nothing of a person.
        calendar = self.sudo()
        domain = calendar._get_closing_domain()
        if since:
            domain &= Domain("date_to", ">=", since - MARGIN)
        if until:
            domain &= Domain("date_from", "<=", until + MARGIN)
        leaves = self.env["resource.calendar.leaves"].sudo()
        closings = leaves.search_fetch(domain, ["date_from", "date_to"])
        return WorkingTime(
            calendar.tz or "UTC",
            calendar._get_weeks(),
            [(leave.date_from, leave.date_to) for leave in closings],
            calendar._get_makeup_weekdays(),
        )

    def _get_closing_domain(self):
        """Return the domain of the days off that all share: of this calendar, and of
        its company for every calendar."""
        company = Domain("calendar_id", "=", False) & Domain(
            "company_id", "in", [False, self.company_id.id]
        )
        return (
            Domain("resource_id", "=", False)
            & Domain("time_type", "=", "leave")
            & (Domain("calendar_id", "=", self.id) | company)
        )

    def _get_makeup_weekdays(self):
        """Return ``{date: weekday}``; a day of the calendar comes before one of its
        company, and that before one of all companies."""
        # Superuser: days of a calendar are no secret.
        days = (
            self.env["resource.calendar.makeup.day"]
            .sudo()
            .search(
                Domain("calendar_id", "in", [False, self.id])
                & Domain("company_id", "in", [False, self.company_id.id])
            )
        )
        days = days.sorted(lambda day: (bool(day.calendar_id), bool(day.company_id)))
        return {day.date: int(day.like_weekday) for day in days}

    def _get_weeks(self):
        """Return the hours as ``WorkingTime`` takes them."""
        if self.schedule_type == "flexible":
            return [self._get_flexible_week()]
        weeks = [
            [[] for _weekday in range(7)]
            for _week in range(1 + self.two_weeks_calendar)
        ]
        for attendance in self.attendance_ids:
            if attendance._is_work_period():
                week = int(attendance.week_type) if self.two_weeks_calendar else 0
                hours = (attendance.hour_from, attendance.hour_to)
                weeks[week][int(attendance.dayofweek)].append(hours)
        return weeks

    def _get_flexible_week(self):
        """Return hours around noon, as Odoo lays them, from Monday on until the hours
        of the week are used up."""
        left, week = self.hours_per_week, []
        for _weekday in range(7):
            hours = max(0, min(self.hours_per_day, left, 24))
            week.append([(12 - hours / 2, 12 + hours / 2)])
            left -= hours
        return week

    def _prepare_no_time_error(self, error):
        # Superuser: the name of the calendar, to be told.
        name = self.sudo().name
        if isinstance(error, NoWorkingHours):
            message = self.env._(
                "The calendar “%(calendar)s” has no working hours.", calendar=name
            )
        else:
            message = self.env._(
                "The calendar “%(calendar)s” has not so much working time before the "
                "year 3000: does a day off in it go on without end?",
                calendar=name,
            )
        return ValidationError(message)
