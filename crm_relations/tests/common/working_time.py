from datetime import datetime, timedelta

from odoo.fields import Command

from .relations import RelationsCommon


class WorkingTimeCommon(RelationsCommon):
    """Calendars in Shanghai (UTC+8, no daylight saving) unless told otherwise; most
    cases stand in the week of Monday 2026-06-01."""

    @classmethod
    def _create_calendar(cls, hours=None, weeks=None, **values):
        """:param hours: {weekday: [(from, to)]}; ``weeks``: two of them"""
        if not hours and not weeks:
            hours = dict.fromkeys(range(5), [(9, 12), (13, 18)])
        attendances = [
            cls._prepare_attendance(weekday, start, stop, week if weeks else False)
            for week, pattern in enumerate(weeks or [hours])
            for weekday, pieces in pattern.items()
            for start, stop in pieces
        ]
        calendar = cls.env["resource.calendar"].create(
            {
                "name": "Shop",
                "tz": "Asia/Shanghai",
                "company_id": False,
                "two_weeks_calendar": bool(weeks),
            }
            | values
        )
        calendar.attendance_ids = [Command.clear(), *attendances]
        return calendar

    @classmethod
    def _prepare_attendance(cls, weekday, start, stop, week=False, period="morning"):
        return Command.create(
            {
                "name": "Hours",
                "dayofweek": str(weekday),
                "hour_from": start,
                "hour_to": stop,
                "day_period": period,
                "week_type": str(week) if week is not False else False,
            }
        )

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
