from datetime import date, datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.working_time import WorkingTime
from .common.working_days import WorkingDaysCommon

MONDAY = date(2026, 6, 1)


@tagged("post_install", "-at_install")
class TestLastMinute(BaseCase):
    """What ends at 23:59 lasts until midnight, what ends a second before does not."""

    def _count(self, stop):
        weeks = [[[(0, stop)]] + [[] for _day in range(6)]]
        calendar = WorkingTime("UTC", weeks)
        return calendar.elapsed(datetime(2026, 6, 1), datetime(2026, 6, 2))

    def test_hours_that_end_at_23_59_00_last_until_midnight(self):
        self.assertEqual(self._count(23 + 59 / 60), 24 * 3600)
        self.assertEqual(self._count(23 + 58 / 60 + 59 / 3600), 24 * 3600 - 61)

    def test_a_closing_that_ends_at_23_59_00_takes_the_whole_day(self):
        weeks = [[[(0, 24)] for _day in range(7)]]
        for second, closed in ((0, True), (-1, False)):
            end = datetime(2026, 6, 1, 23, 59) + timedelta(seconds=second)
            calendar = WorkingTime("UTC", weeks, [(datetime(2026, 6, 1), end)])
            self.assertIs(calendar.is_closed(MONDAY), closed)
            self.assertEqual(calendar.get_workdays(MONDAY, MONDAY) == [], closed)


@tagged("post_install", "-at_install")
class TestNoTime(BaseCase):
    """What takes no time at all."""

    def test_it_is_done_when_work_begins_or_not_while_a_pause_is_on(self):
        calendar = WorkingTime("UTC", [[[(9, 17)] for _day in range(7)]])
        early = datetime(2026, 6, 1, 8)
        self.assertEqual(calendar.plan(early, 0), datetime(2026, 6, 1, 9))
        self.assertIsNone(calendar.plan(early, 0, [(early, None)]))
        evening = datetime(2026, 6, 1, 17)
        self.assertEqual(calendar.plan(evening, 0), datetime(2026, 6, 2, 9))
        self.assertEqual(calendar.plan_back(early, 0), early)

    def test_the_latest_start_is_the_last_second_that_suffices(self):
        calendar = WorkingTime("UTC", [[[(9, 17)] for _day in range(5)] + [[], []]])
        monday = datetime(2026, 6, 1, 9)
        for seconds, start in (
            (0, monday),
            (1, datetime(2026, 5, 29, 16, 59, 59)),
            (8 * 3600, datetime(2026, 5, 29, 9)),
            (8 * 3600 + 1, datetime(2026, 5, 28, 16, 59, 59)),
        ):
            with self.subTest(seconds):
                self.assertEqual(calendar.plan_back(monday, seconds), start)
        start = calendar.plan_back(monday, 10 * 40 * 3600)
        self.assertEqual(start, datetime(2026, 3, 23, 9))


@tagged("post_install", "-at_install")
class TestClosingsReachCalendars(WorkingDaysCommon):
    """A day off changes the table of days of every calendar that it concerns."""

    def setUp(self):
        super().setUp()
        self.shops = self._create_calendar() | self._create_calendar()
        for shop in self.shops:
            self._get_due_days(shop, 1)

    def _works(self, day):
        """Return whether each of the calendars works on that day, by the table."""
        self._commit()
        return [self._get_numbers(shop, day, day)[0][0] for shop in self.shops]

    def _close_everywhere(self):
        nothing = self.env["resource.calendar"]
        leave = self._close(nothing, "2026-06-01 00:00:00", "2026-06-01 23:59:59")
        # Odoo fills in the company of who creates it.
        leave.company_id = False
        return leave

    def test_one_for_all_companies_closes_every_calendar(self):
        self.shops[0].company_id = self.env.company
        self.shops[1].company_id = self.env["res.company"].create({"name": "Other"})
        self._close_everywhere()
        self.assertEqual(self._works(MONDAY), [False, False])

    def test_one_of_a_company_leaves_the_others_open(self):
        self.shops[0].company_id = self.env.company
        self.shops[1].company_id = self.env["res.company"].create({"name": "Other"})
        self._close(
            self.env["resource.calendar"],
            "2026-06-01 00:00:00",
            "2026-06-01 23:59:59",
            company_id=self.env.company.id,
        )
        self.assertEqual(self._works(MONDAY), [False, True])

    def test_one_that_moves_to_another_calendar_opens_the_first(self):
        leave = self._close(self.shops[0], "2026-06-01 00:00:00", "2026-06-01 23:59:59")
        self.assertEqual(self._works(MONDAY), [False, True])
        leave.calendar_id = self.shops[1]
        self.assertEqual(self._works(MONDAY), [True, False])

    def test_a_makeup_day_that_moves_to_another_calendar_leaves_the_first(self):
        saturday = MONDAY + timedelta(days=5)
        day = self._make_up(saturday, self.shops[0])
        self.assertEqual(self._works(saturday), [True, False])
        day.calendar_id = self.shops[1]
        self.assertEqual(self._works(saturday), [False, True])

    def test_an_archived_calendar_is_kept_right_for_its_return(self):
        self.shops[1].active = False
        self._close_everywhere()
        self.assertEqual(self._works(MONDAY), [False, False])

    def test_one_week_is_one_whatever_its_hours_were_of(self):
        calendar = self._create_calendar(company_id=self.company.id)
        before = calendar._get_weeks()
        calendar.attendance_ids.week_type = "1"
        self.assertFalse(calendar.two_weeks_calendar)
        self.assertEqual(calendar._get_weeks(), before)
