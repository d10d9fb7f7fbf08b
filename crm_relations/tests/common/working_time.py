from datetime import datetime, timedelta

from .office_hours import create_calendar, on_workdays, prepare_week
from .relations import RelationsCommon


class WorkingTimeCommon(RelationsCommon):
    """Calendars in Shanghai (UTC+8, no daylight saving) unless told otherwise; most
    cases stand in the week of Monday 2026-06-01."""

    @classmethod
    def _create_calendar(cls, hours=None, weeks=None, **values):
        """:param hours: {weekday: [(from, to)]}; ``weeks``: two of them"""
        values = {"name": "Shop", "tz": "Asia/Shanghai", "company_id": False, **values}
        if not weeks:
            hours = hours or on_workdays([(9, 12), (13, 18)])
            return create_calendar(cls.env, hours, **values)
        calendar = create_calendar(cls.env, {}, two_weeks_calendar=True, **values)
        calendar.attendance_ids = [
            command
            for week, hours in enumerate(weeks)
            for command in prepare_week(hours, week_type=str(week))
        ]
        return calendar

    @classmethod
    def _close(cls, calendar, start, end, **values):
        """Add a day off for all, in local time of Shanghai."""
        shift = timedelta(hours=8)
        return cls.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": calendar.id,
                "resource_id": False,
                "date_from": datetime.fromisoformat(start) - shift,
                "date_to": datetime.fromisoformat(end) - shift,
            }
            | values
        )

    @classmethod
    def _make_up(cls, day, calendar=None, **values):
        return cls.env["resource.calendar.makeup.day"].create(
            {"date": day, "calendar_id": calendar.id if calendar else False} | values
        )

    def assertPlanned(self, calendar, start, minutes, end, pauses=(), zone="+08:00"):
        """In local time; what is planned elapses as well."""
        local = [[a + zone, b and b + zone] for a, b in pauses]
        planned = calendar.plan_minutes(start + zone, minutes, local)
        self.assertEqual(planned, self._to_utc(end + zone))
        elapsed = calendar.elapsed_minutes(start + zone, end + zone, local)
        self.assertEqual(elapsed, minutes)

    def _to_utc(self, text):
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=None) - moment.utcoffset()
