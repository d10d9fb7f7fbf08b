from datetime import date, datetime

from odoo.tests import freeze_time, tagged

from ..tools.time_zones import get_changes
from .common.working_time import WorkingTimeCommon


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
