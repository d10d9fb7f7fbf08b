from datetime import date, datetime

from odoo.tests import tagged

from ..tools.working_time import WorkingTime
from .common.office_hours import prepare_hours
from .common.working_time import WorkingTimeCommon


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
            prepare_hours(0, 12, 13, day_period="lunch"),
            prepare_hours(0, 13, 17, day_period="afternoon"),
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
