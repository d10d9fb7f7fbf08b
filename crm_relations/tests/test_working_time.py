from datetime import date, datetime, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..tools.time_zones import get_changes
from ..tools.working_time import WorkingTime
from .common import RelationsCommon

WRONG_MOMENTS = (None, False, "", "soon", "2026", 5, [], "2026-02-30", "0001-01-01")


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


@tagged("post_install", "-at_install")
class TestWorkingTime(WorkingTimeCommon):
    """CO-3, design 4: the conventions of working time, on a clock in Shanghai."""

    def setUp(self):
        super().setUp()
        self.shop = self._create_calendar()

    def test_lunch_and_nights_count_nothing(self):
        self.assertPlanned(self.shop, "2026-06-01T11:30", 60, "2026-06-01T13:30")
        self.assertPlanned(self.shop, "2026-06-01T17:30", 60, "2026-06-02T09:30")
        self.assertPlanned(self.shop, "2026-06-05T17:30", 60, "2026-06-08T09:30")

    def test_a_start_before_opening_counts_from_opening(self):
        self.assertPlanned(self.shop, "2026-06-01T05:00", 30, "2026-06-01T09:30")
        self.assertPlanned(self.shop, "2026-06-06T11:00", 30, "2026-06-08T09:30")

    def test_a_deadline_exactly_at_closing_stays_there(self):
        self.assertPlanned(self.shop, "2026-06-01T17:00", 60, "2026-06-01T18:00")
        self.assertPlanned(self.shop, "2026-06-01T11:00", 60, "2026-06-01T12:00")

    def test_no_minutes_end_at_the_start_or_when_work_begins(self):
        self.assertPlanned(self.shop, "2026-06-01T10:00", 0, "2026-06-01T10:00")
        self.assertPlanned(self.shop, "2026-06-01T12:00", 0, "2026-06-01T13:00")

    def test_seconds_are_kept(self):
        self.assertPlanned(self.shop, "2026-06-01T17:59:30", 1, "2026-06-02T09:00:30")
        self.assertPlanned(self.shop, "2026-06-01T10:00:01", 0.5, "2026-06-01T10:00:31")

    def test_a_pause_counts_within_working_time_only_and_once(self):
        pause = ("2026-06-01T17:00", "2026-06-02T10:00")
        self.assertPlanned(
            self.shop, "2026-06-01T16:30", 60, "2026-06-02T10:30", [pause]
        )
        lunch = ("2026-06-01T12:00", "2026-06-01T13:00")
        self.assertPlanned(
            self.shop, "2026-06-01T11:30", 60, "2026-06-01T13:30", [lunch]
        )
        overlapping = [
            ("2026-06-01T10:00", "2026-06-01T11:00"),
            ("2026-06-01T09:30", "2026-06-01T10:30"),
            ("2026-06-01T10:15", "2026-06-01T10:20"),
        ]
        self.assertPlanned(
            self.shop, "2026-06-01T09:00", 60, "2026-06-01T11:30", overlapping
        )

    def test_a_start_within_a_pause_counts_from_its_end(self):
        pause = ("2026-06-01T10:00", "2026-06-01T11:00")
        self.assertPlanned(
            self.shop, "2026-06-01T10:20", 30, "2026-06-01T11:30", [pause]
        )

    def test_while_a_pause_is_on_nobody_knows_the_end(self):
        start, pauses = "2026-06-01T09:00+08:00", [["2026-06-01T10:00+08:00", None]]
        self.assertIs(self.shop.plan_minutes(start, 90, pauses), False)
        self.assertEqual(
            self.shop.plan_minutes(start, 60, pauses),
            self._to_utc("2026-06-01T10:00+08:00"),
        )
        evening = "2026-06-01T18:00+08:00"
        self.assertEqual(self.shop.elapsed_minutes(start, evening, pauses), 60)

    def test_a_holiday_is_a_whole_local_day(self):
        self._close(self.shop, "2026-06-02 00:00:00", "2026-06-02 23:59:59")
        self.assertPlanned(self.shop, "2026-06-01T17:30", 60, "2026-06-03T09:30")
        nights = self._create_calendar(dict.fromkeys(range(7), [(0, 24)]))
        self._close(nights, "2026-06-02 00:00:00", "2026-06-02 23:59:59")
        self.assertPlanned(nights, "2026-06-01T23:30", 60, "2026-06-03T00:30")

    def test_a_closing_of_some_hours_counts_by_its_hours(self):
        self._close(self.shop, "2026-06-01 10:00:00", "2026-06-01 14:00:00")
        self.assertPlanned(self.shop, "2026-06-01T09:30", 60, "2026-06-01T14:30")
        self.assertEqual(self.shop.plan_workdays("2026-05-31", 1), date(2026, 6, 1))

    def test_a_makeup_day_wins_over_weekend_and_holiday(self):
        self._close(self.shop, "2026-06-01 00:00:00", "2026-06-07 23:59:59")
        self._make_up("2026-06-04", self.shop)
        self._make_up("2026-06-06", self.shop)
        self.assertPlanned(self.shop, "2026-05-29T17:30", 60, "2026-06-04T09:30")
        self.assertPlanned(self.shop, "2026-06-04T17:30", 60, "2026-06-06T09:30")
        self.assertPlanned(self.shop, "2026-06-06T17:30", 60, "2026-06-08T09:30")

    def test_a_makeup_day_works_like_the_weekday_chosen(self):
        hours = {0: [(9, 17)], 4: [(14, 16)]}
        calendar = self._create_calendar(hours)
        day = self._make_up("2026-06-06", calendar, like_weekday="4")
        self.assertPlanned(calendar, "2026-06-06T08:00", 60, "2026-06-06T15:00")
        day.like_weekday = "0"
        self.assertPlanned(calendar, "2026-06-06T08:00", 60, "2026-06-06T10:00")
        day.unlink()
        self.assertPlanned(calendar, "2026-06-06T08:00", 60, "2026-06-08T10:00")

    def test_on_a_makeup_day_a_closing_of_some_hours_still_counts(self):
        self._make_up("2026-06-06", self.shop)
        self._close(self.shop, "2026-06-06 09:00:00", "2026-06-06 10:00:00")
        self.assertPlanned(self.shop, "2026-06-06T08:00", 60, "2026-06-06T11:00")

    def test_a_makeup_day_without_calendar_is_worked_in_every_calendar(self):
        self._make_up("2026-06-06")
        self.assertPlanned(self.shop, "2026-06-06T08:00", 60, "2026-06-06T10:00")
        self._make_up("2026-06-07", company_id=self.company.id)
        self.assertEqual(self.shop.plan_workdays("2026-06-06", 1), date(2026, 6, 8))
        self.shop.company_id = self.company
        self.assertEqual(self.shop.plan_workdays("2026-06-06", 1), date(2026, 6, 7))

    def test_two_weeks_take_turns_as_odoo_counts_them(self):
        attendance = self.env["resource.calendar.attendance"]
        monday = date(2026, 6, 1)
        first = attendance.get_week_type(monday)
        weeks = [{0: [(8, 9)]}, {0: [(20, 21)]}]
        calendar = self._create_calendar(weeks=weeks)
        hours = [(8, 9), (20, 21)][first]
        self.assertPlanned(
            calendar,
            "2026-06-01T00:00",
            30,
            f"2026-06-01T{hours[0]:02}:30",
        )
        self.assertEqual(calendar.plan_workdays(monday, 3), date(2026, 6, 22))
        odoo = calendar.plan_hours(2, datetime(2026, 5, 31, 16, 0), compute_leaves=True)
        self.assertEqual(calendar.plan_minutes("2026-06-01T00:00+08:00", 120), odoo)

    def test_a_shift_over_midnight_is_one(self):
        nights = {0: [(22, 24)], 1: [(0, 6), (22, 24)], 2: [(0, 6)]}
        calendar = self._create_calendar(nights)
        self.assertPlanned(calendar, "2026-06-01T23:00", 120, "2026-06-02T01:00")
        self.assertPlanned(calendar, "2026-06-01T22:00", 120, "2026-06-02T00:00")
        self.assertPlanned(calendar, "2026-06-01T22:00", 480, "2026-06-02T06:00")

    def test_minutes_over_midnight_are_whole_however_the_end_is_written(self):
        for late in (24, 23 + 59 / 60, 23.99, 23.9999):
            with self.subTest(late):
                calendar = self._create_calendar({0: [(23, late)], 1: [(0, 1)]})
                self.assertNight(calendar)

    def test_a_line_that_ends_before_it_begins_goes_on_after_midnight(self):
        """Odoo refuses such lines in the form of a calendar only."""
        calendar = self._create_calendar({0: [(23, 24)]})
        line = {"name": "Night", "hour_from": 23, "hour_to": 1, "dayofweek": "0"}
        calendar.attendance_ids.unlink()
        line["calendar_id"] = calendar.id
        self.env["resource.calendar.attendance"].create(line)
        self.assertNight(calendar)

    def test_the_last_night_of_two_weeks_ends_in_the_first(self):
        weeks = [[[] for _day in range(7)] for _week in range(2)]
        weeks[1][6] = [(23, 1)]
        nights = WorkingTime("UTC", weeks)
        span = datetime(2026, 6, 1), datetime(2026, 6, 29)
        self.assertEqual(nights.elapsed(*span), 2 * 2 * 60 * 60)

    def assertNight(self, calendar):
        """Monday 23:00 to Tuesday 1:00, and nothing else."""
        begin, end = "2026-06-01T23:00+08:00", "2026-06-02T01:00+08:00"
        self.assertEqual(calendar.elapsed_minutes(begin, end), 120)
        whole = ("2026-06-01T00:00+08:00", "2026-06-08T00:00+08:00")
        self.assertEqual(calendar.elapsed_minutes(*whole), 120)
        self.assertPlanned(calendar, "2026-06-01T23:00", 120, "2026-06-02T01:00")

    def test_breaks_and_sections_are_no_working_time(self):
        calendar = self._create_calendar({0: [(9, 12)]})
        calendar.attendance_ids = [
            self._prepare_attendance(0, 12, 13, period="lunch"),
            self._prepare_attendance(0, 13, 17, period="afternoon"),
        ]
        self.assertPlanned(calendar, "2026-06-01T11:30", 60, "2026-06-01T13:30")

    def test_a_flexible_calendar_works_around_noon_until_its_hours_are_used(self):
        calendar = self._create_calendar(
            schedule_type="flexible", hours_per_day=8, hours_per_week=20
        )
        self.assertPlanned(calendar, "2026-06-01T00:00", 60, "2026-06-01T09:00")
        self.assertPlanned(calendar, "2026-06-02T15:30", 60, "2026-06-03T10:30")
        self.assertPlanned(calendar, "2026-06-03T13:30", 60, "2026-06-08T08:30")

    def test_hours_given_as_amounts_lie_where_odoo_lays_them(self):
        calendar = self._create_calendar({0: [(9, 10)]})
        calendar.duration_based = True
        calendar.attendance_ids.write({"day_period": "full_day", "duration_hours": 6})
        self.assertPlanned(calendar, "2026-06-01T00:00", 60, "2026-06-01T10:00")

    def test_years_ahead_and_far_too_far(self):
        year = 52 * 5 * 8 * 60
        planned = self.shop.plan_minutes("2026-06-01T09:00+08:00", 10 * year)
        self.assertEqual(planned, datetime(2036, 5, 16, 10, 0))
        with self.assertRefused("has not so much working time"):
            self.shop.plan_minutes("2026-06-01T09:00+08:00", 10**12)
        with self.assertRefused("has not so much working time"):
            self.shop.plan_workdays("2026-06-01", 10**12)

    def test_the_start_day_is_not_counted(self):
        self.assertEqual(self.shop.plan_workdays("2026-06-01", 1), date(2026, 6, 2))
        self.assertEqual(self.shop.plan_workdays("2026-06-05", 1), date(2026, 6, 8))
        self.assertEqual(self.shop.plan_workdays("2026-06-06", 5), date(2026, 6, 12))
        self.assertEqual(self.shop.plan_workdays("2026-06-06", 0), date(2026, 6, 6))

    def test_a_moment_stands_for_its_local_day(self):
        """Sunday evening in London is Monday in Shanghai."""
        evening = "2026-05-31 20:00:00"
        self.assertEqual(self.shop.plan_workdays(evening, 1), date(2026, 6, 2))

    def test_days_off_of_the_company_close_its_calendars_only(self):
        ours = self._create_calendar(company_id=self.company.id)
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self._create_calendar(company_id=other.id)
        leave = self._close(
            self.env["resource.calendar"], "2026-06-01 00:00:00", "2026-06-01 23:59:59"
        )
        self.assertEqual(leave.company_id, self.env.company)
        start = "2026-05-31"
        self.assertEqual(ours.plan_workdays(start, 1), date(2026, 6, 2))
        self.assertEqual(theirs.plan_workdays(start, 1), date(2026, 6, 1))

    def test_days_off_of_one_person_and_those_worked_close_nothing(self):
        resource = self.env["resource.resource"].create(
            {"name": "Person", "calendar_id": self.shop.id, "company_id": False}
        )
        span = ("2026-06-01 00:00:00", "2026-06-01 23:59:59")
        self._close(self.shop, *span, resource_id=resource.id)
        self._close(self.shop, *span, time_type="other")
        self.assertPlanned(self.shop, "2026-06-01T08:00", 60, "2026-06-01T10:00")


@tagged("post_install", "-at_install")
class TestWorkingTimeChangingClocks(WorkingTimeCommon):
    """A shift over a change of clocks is as long as it really lasts."""

    def test_a_frozen_clock_changes_nothing(self):
        """Frozen moments forget which of two equal times they are."""
        changes = get_changes.__wrapped__("America/New_York", 2026)
        with freeze_time("2026-10-31"):
            frozen = get_changes.__wrapped__("America/New_York", 2026)
        self.assertEqual(frozen, changes)

    def test_in_berlin_the_night_is_an_hour_shorter_and_longer(self):
        nights = self._create_calendar({6: [(0, 6)], 5: [(22, 24)]}, tz="Europe/Berlin")
        spring = nights.elapsed_minutes(
            "2026-03-28T22:00+01:00", "2026-03-29T06:00+02:00"
        )
        autumn = nights.elapsed_minutes(
            "2026-10-24T22:00+02:00", "2026-10-25T06:00+01:00"
        )
        self.assertEqual((spring, autumn), (7 * 60, 9 * 60))
        self.assertEqual(
            nights.plan_minutes("2026-03-28T22:00+01:00", 300),
            self._to_utc("2026-03-29T04:00+02:00"),
        )
        self.assertEqual(
            nights.plan_minutes("2026-10-24T22:00+02:00", 300),
            self._to_utc("2026-10-25T02:00+01:00"),
        )

    def test_days_keep_their_hours_after_the_change(self):
        calendar = self._create_calendar(tz="America/New_York")
        self.assertEqual(
            calendar.plan_minutes("2026-03-06T17:30-05:00", 60),
            self._to_utc("2026-03-09T09:30-04:00"),
        )

    def test_lord_howe_changes_by_half_an_hour(self):
        calendar = self._create_calendar({6: [(0, 6)]}, tz="Australia/Lord_Howe")
        self.assertEqual(
            calendar.elapsed_minutes("2026-10-03T12:00Z", "2026-10-04T12:00Z"), 330
        )

    def test_a_day_whose_only_hour_the_clocks_skip_is_no_working_day(self):
        calendar = self._create_calendar({6: [(2, 3)]}, tz="Europe/Berlin")
        self.assertEqual(calendar.plan_workdays("2026-03-28", 1), date(2026, 4, 5))
        self.assertEqual(
            calendar.plan_minutes("2026-03-28T00:00Z", 30),
            self._to_utc("2026-04-05T02:30+02:00"),
        )

    def test_after_2037_clocks_still_change(self):
        calendar = self._create_calendar(tz="Europe/Berlin")
        self.assertEqual(
            calendar.plan_minutes("2041-07-01T00:00Z", 60),
            self._to_utc("2041-07-01T10:00+02:00"),
        )

    def test_a_holiday_is_whole_on_a_day_of_23_hours(self):
        calendar = self._create_calendar(
            dict.fromkeys(range(7), [(0, 24)]), tz="Europe/Berlin"
        )
        self.env["resource.calendar.leaves"].create(
            {
                "calendar_id": calendar.id,
                "resource_id": False,
                "date_from": datetime(2026, 3, 28, 23),
                "date_to": datetime(2026, 3, 29, 21, 59, 59),
            }
        )
        self.assertEqual(
            calendar.elapsed_minutes("2026-03-28T22:00Z", "2026-03-29T23:00Z"), 120
        )
        self.assertEqual(calendar.plan_workdays("2026-03-28", 1), date(2026, 3, 30))


@tagged("post_install", "-at_install")
class TestWorkingTimeInput(WorkingTimeCommon):
    """What other programs send is read, or refused in words."""

    def setUp(self):
        super().setUp()
        self.shop = self._create_calendar()

    def test_moments_in_any_spelling(self):
        for start in (
            datetime(2026, 6, 1, 2),
            "2026-06-01 02:00:00",
            "2026-06-01T02:00:00Z",
            "2026-06-01T04:00:00.250+02:00",
        ):
            with self.subTest(start):
                self.assertEqual(
                    self.shop.plan_minutes(start, 30.0), datetime(2026, 6, 1, 2, 30)
                )
        midnight = self.shop.plan_minutes(date(2026, 6, 1), 60, None)
        self.assertEqual(midnight, datetime(2026, 6, 1, 2))

    def test_what_is_no_moment_is_refused(self):
        for start in (
            None,
            False,
            "",
            "soon",
            "2026",
            5,
            [],
            "2026-02-30",
            "0001-01-01",
        ):
            with self.subTest(start), self.assertRefused("is no date and time"):
                self.shop.plan_minutes(start, 5)
        with self.assertRefused("is no date and time"):
            self.shop.elapsed_minutes("2026-06-01", None)
        with self.assertRefused("is no date and time"):
            self.shop.plan_workdays(None, 5)

    def test_what_is_no_number_is_refused(self):
        for minutes in (None, False, -1, -0.1, "5", float("nan"), float("inf"), True):
            with self.subTest(minutes), self.assertRefused("is no number of minutes"):
                self.shop.plan_minutes("2026-06-01", minutes)
        for days in (None, -1, 1.5, "5", float("nan")):
            with self.subTest(days), self.assertRefused("is no number of working days"):
                self.shop.plan_workdays("2026-06-01", days)

    def test_an_end_before_its_start_is_refused(self):
        with self.assertRefused("the end comes after the start"):
            self.shop.elapsed_minutes("2026-06-02", "2026-06-01")
        for method, value in (("plan_minutes", 5), ("elapsed_minutes", "2026-06-02")):
            with self.assertRefused("the end comes after the start"):
                getattr(self.shop, method)(
                    "2026-06-01", value, [["2026-06-01 05:00", "2026-06-01 04:00"]]
                )

    def test_what_is_no_pause_is_refused(self):
        for pauses in (["2026-06-01"], "2026-06-01", [[]], [["2026-06-01"]], 5, {1: 2}):
            with self.subTest(pauses), self.assertRefused("is no pause"):
                self.shop.plan_minutes("2026-06-01", 5, pauses)
        with self.assertRefused("is no date and time"):
            self.shop.plan_minutes("2026-06-01", 5, [[None, "2026-06-01"]])

    def test_a_calendar_without_hours_is_a_clear_error(self):
        self.shop.attendance_ids.unlink()
        self._make_up("2026-06-06", self.shop)
        for method, value in (
            ("plan_minutes", 5),
            ("plan_minutes", 0),
            ("elapsed_minutes", "2026-06-09"),
            ("plan_workdays", 1),
        ):
            with (
                self.subTest(method),
                self.assertRefused("“Shop” has no working hours"),
            ):
                getattr(self.shop, method)("2026-06-01", value)

    def test_a_calendar_closed_without_end_is_a_clear_error(self):
        self._close(self.shop, "2026-06-01 00:00:00", "9000-01-01 00:00:00")
        with self.assertRefused("go on without end"):
            self.shop.plan_minutes("2026-06-01", 5)
        with self.assertRefused("go on without end"):
            self.shop.plan_workdays("2026-06-01", 1)

    def test_the_answer_is_the_same_whoever_asks(self):
        self.shop.company_id = self.company
        self._close(self.shop, "2026-06-01 00:00:00", "2026-06-01 23:59:59")
        self._make_up("2026-06-07", self.shop)
        for user in (self.anna, self.sally, self.env.ref("base.user_admin")):
            shop = self.shop.with_user(user)
            self.assertEqual(shop.plan_workdays("2026-06-06", 1), date(2026, 6, 7))
            self.assertEqual(
                shop.plan_minutes("2026-06-01", 60), datetime(2026, 6, 2, 2)
            )

    def test_who_may_not_read_calendars_asks_in_vain(self):
        portal = self._create_user("portal", "group_user")
        portal.group_ids = self.env.ref("base.group_portal")
        with self.assertRaises(AccessError):
            self.shop.with_user(portal).plan_minutes("2026-06-01", 5)


@tagged("post_install", "-at_install")
class TestMakeupDay(WorkingTimeCommon):
    def test_a_day_is_entered_once(self):
        calendar = self._create_calendar()
        self._make_up("2026-06-06", calendar)
        self._make_up("2026-06-06")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._make_up("2026-06-06", calendar, like_weekday="3")

    def test_the_day_of_a_calendar_comes_before_that_of_all(self):
        calendar = self._create_calendar({0: [(9, 17)], 4: [(14, 16)]})
        self._make_up("2026-06-06", calendar, like_weekday="4")
        self._make_up("2026-06-06")
        self.assertPlanned(calendar, "2026-06-06T08:00", 60, "2026-06-06T15:00")

    def test_it_belongs_to_the_company_of_its_calendar(self):
        calendar = self._create_calendar(company_id=self.company.id)
        day = self._make_up("2026-06-06", calendar)
        self.assertEqual(day.company_id, self.company)
        self.assertFalse(self._make_up("2026-06-06").company_id)
        with self.assertRefused("belongs to another company", ValidationError):
            day.company_id = self.env["res.company"].create({"name": "Other"})

    def test_a_copy_of_a_calendar_has_its_makeup_days(self):
        calendar = self._create_calendar()
        self._make_up("2026-06-06", calendar, like_weekday="3")
        system = new_test_user(self.env, "system", groups="base.group_system")
        twin = calendar.with_user(system).copy().with_env(self.env)
        self.assertEqual(twin.makeup_day_ids.mapped("like_weekday"), ["3"])
        self.assertEqual(len(calendar.makeup_day_ids), 1)

    def test_days_of_other_companies_stay_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self._make_up("2026-06-06", company_id=other.id)
        shared = self._make_up("2026-06-07")
        days = self.env["resource.calendar.makeup.day"].with_user(self.adam)
        found = days.search([("id", "in", (theirs | shared).ids)])
        self.assertEqual(found, shared)
        with self.assertRaises(AccessError):
            theirs.with_user(self.adam).unlink()
