"""Deadlines that other systems have published, in time of work.

Sources: unit tests of OTOBO (AddWorkingTime, DeltaWorkingTime, WorkingTime), GLPI
(CalendarTest, issues 10594 and 14937: a pause over a weekend), working_hours (Ruby),
Zammad (issue 390, its specs of breaks), chatwoot 13392, HELPDESK.AI 3935, frappe
helpdesk 2449; the days off of China as the State Council gave notice of them. Facts
only.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from ..tools import public_holidays
from ..tools.working_time import WorkingTime

UTC = ZoneInfo("UTC")
ALL, DAYS = [[(0, 24)]] * 7, [[(8, 18)]] * 5 + [[]] * 2
SPLIT = [[(8, 13), (14, 18)]] * 5 + [[]] * 2
OFFICE = [[(9, 17)]] * 5 + [[]] * 2
LONG, GLPI = [[(8, 21)]] * 5 + [[]] * 2, [[(8, 20)]] * 5 + [[]] * 2
MONDAYS = [[(0, 24)]] + [[]] * 6
# German days off of the tests of OTOBO.
OFF = ((1, 1), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31))
# Zone, hours, start, hours to work, end on the wall.
PLANNED = (
    ("UTC", ALL, "2015-02-17 12:00", 365 * 2 * 24, "2017-02-28 12:00"),
    ("UTC", ALL, "2015-02-17 12:00", 90 * 24, "2015-05-19 12:00"),
    ("Europe/Berlin", ALL, "2015-02-17 12:00", 90 * 24 + 1, "2015-05-19 14:00"),
    # Clocks that change at midnight, in both directions and by half hours.
    ("America/Sao_Paulo", ALL, "2015-02-21 22:00", 5, "2015-02-22 02:00"),
    ("America/Sao_Paulo", ALL, "2015-10-17 22:00", 7, "2015-10-18 06:00"),
    ("Asia/Tehran", ALL, "2015-09-21 12:00", 15, "2015-09-22 02:00"),
    ("Asia/Tehran", ALL, "2015-03-21 12:00", 17, "2015-03-22 06:00"),
    ("Asia/Tehran", DAYS, "2016-03-20 00:00", 13, "2016-03-22 11:00"),
    ("Australia/Sydney", ALL, "2016-04-02 12:00", 41, "2016-04-04 04:00"),
    ("Europe/Berlin", DAYS, "2016-01-31 12:25:30", 5, "2016-02-01 13:00"),
    ("Europe/Berlin", DAYS, "2016-02-01 16:59:30", 3.5, "2016-02-02 10:29:30"),
    ("Europe/Berlin", SPLIT, "2016-02-01 12:25:30", 5, "2016-02-02 08:25:30"),
    # Christmas.
    ("Europe/Berlin", SPLIT, "2015-12-22 16:24:49", 20, "2015-12-29 08:24:49"),
    ("UTC", OFFICE, "1991-11-15 16:00:42", 2, "1991-11-18 10:00:42"),
    ("UTC", OFFICE, "1991-11-15 14:00:42", 2, "1991-11-15 16:00:42"),
    ("UTC", OFFICE, "2026-06-05 16:00", 8, "2026-06-08 16:00"),
    ("UTC", OFFICE, "2026-06-05 16:30", 1, "2026-06-08 09:30"),
    ("UTC", OFFICE, "2026-06-03 07:00", 2, "2026-06-03 11:00"),
    # A minute before midnight, of a calendar that works on Mondays only.
    ("UTC", MONDAYS, "2014-04-07 23:59:30", 1 / 60, "2014-04-14 00:00:30"),
)
# Zone, hours, from, to, seconds worked.
WORKED = (
    ("Europe/Berlin", ALL, "2016-03-26 22:24:39", "2016-03-28 23:24:39", 48 * 3600),
    ("America/Sao_Paulo", ALL, "2015-02-21 22:00", "2015-02-22 02:00", 5 * 3600),
    ("Europe/Berlin", SPLIT, "2016-03-24 12:15:41", "2016-03-30 10:15:41", 34 * 3600),
    ("UTC", LONG, "2006-12-05 22:57:34", "2006-12-06 10:25:34", 8734),
    ("UTC", LONG, "2005-12-21 10:00", "2005-12-31 10:00", 320400),
    ("UTC", GLPI, "2019-01-01 00:00", "2019-01-08 00:00", 5 * 12 * 3600),
    ("UTC", GLPI, "2019-01-01 07:00", "2019-01-01 09:00", 3600),
    ("UTC", OFFICE, "2014-04-11 20:00", "2014-04-14 05:00", 0),
)


def to_utc(zone, text):
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC).replace(tzinfo=None)


def make_calendar(zone, week):
    closings = []
    for year in range(2003, 2018):
        for month, day in OFF:
            first = datetime(year, month, day)
            bounds = first.isoformat(), (first + timedelta(days=1)).isoformat()
            closings.append(tuple(to_utc(zone, bound) for bound in bounds))
    return WorkingTime(zone, [week], closings)


@tagged("post_install", "-at_install")
class TestPublishedDeadlines(BaseCase):
    def test_planned(self):
        for zone, week, start, hours, end in PLANNED:
            with self.subTest(zone=zone, start=start):
                calendar = make_calendar(zone, week)
                found = calendar.plan(to_utc(zone, start), round(hours * 3600))
                self.assertEqual(found, to_utc(zone, end))

    def test_worked(self):
        for zone, week, start, end, seconds in WORKED:
            with self.subTest(zone=zone, start=start):
                span = to_utc(zone, start), to_utc(zone, end)
                self.assertEqual(make_calendar(zone, week).elapsed(*span), seconds)

    def test_a_pause_over_the_weekend_is_as_long_as_it_was_worked(self):
        """GLPI 10594: paused on Friday at 16:00, resumed on Monday at 10:00."""
        calendar = WorkingTime("UTC", [OFFICE])
        pause = datetime(2026, 6, 5, 16), datetime(2026, 6, 8, 10)
        found = calendar.plan(datetime(2026, 6, 5, 12), 8 * 3600, [pause])
        self.assertEqual(found, datetime(2026, 6, 8, 14))

    def test_working_days(self):
        week = WorkingTime("UTC", [OFFICE])
        few = WorkingTime("UTC", [[[(9, 17)], [], [(9, 17)]] + [[]] * 4])
        for calendar, start, days, end in (
            # GLPI: seven working days.
            (week, date(2018, 11, 19), 7, date(2018, 11, 28)),
            (week, date(1991, 11, 15), 2, date(1991, 11, 19)),
            (few, date(2014, 4, 7), 1, date(2014, 4, 9)),
            (few, date(2014, 4, 8), 1, date(2014, 4, 9)),
            (week, date(2014, 4, 7), 0, date(2014, 4, 7)),
        ):
            with self.subTest(start=start):
                self.assertEqual(calendar.plan_workdays(start, days), end)

    def test_terms_of_the_law_in_china(self):
        """7 working days to accept, 45 to mediate, over the holidays of 2025 and 2026
        with their make-up days, each counted by hand."""
        days, makeup = {}, {}
        for year in (2025, 2026):
            days |= public_holidays.get_holidays("CN", year)
            made_up = public_holidays.get_makeup_days("CN", year)
            makeup |= {day: weekday for day, (_name, weekday) in made_up.items()}
        zone = "Asia/Shanghai"
        closings = [
            (
                to_utc(zone, day.isoformat()),
                to_utc(zone, (day + timedelta(days=1)).isoformat()),
            )
            for day in days
        ]
        shop = WorkingTime(zone, [OFFICE], closings, makeup)
        for start, count, end in (
            # 28 September and 11 October 2025 are worked.
            (date(2025, 9, 26), 7, date(2025, 10, 13)),
            # 26 January and 8 February 2025 are worked.
            (date(2025, 1, 24), 7, date(2025, 2, 10)),
            # 14 and 28 February 2026 are worked.
            (date(2026, 2, 12), 7, date(2026, 2, 28)),
            (date(2026, 4, 30), 7, date(2026, 5, 13)),
            (date(2025, 9, 1), 45, date(2025, 11, 7)),
            (date(2026, 1, 30), 45, date(2026, 4, 10)),
        ):
            with self.subTest(start=start):
                self.assertEqual(shop.plan_workdays(start, count), end)
