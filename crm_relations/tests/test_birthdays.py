from datetime import date, timedelta
from itertools import product

from odoo.tests import BaseCase, tagged

from ..tools.birthdays import (
    FEBRUARY_28,
    MARCH_1,
    celebrated_on,
    lunar_celebration,
    lunar_month_length,
    next_celebration,
    solar_celebration,
)
from ..tools.feasts import FEASTS, get_feast, get_feasts


@tagged("post_install", "-at_install")
class TestBirthdays(BaseCase):
    """CA-1: the day on which a birthday is celebrated."""

    def test_leap_day_follows_the_choice(self):
        self.assertEqual(solar_celebration(2025, 2, 29), date(2025, 2, 28))
        self.assertEqual(solar_celebration(2025, 2, 29, MARCH_1), date(2025, 3, 1))
        self.assertEqual(solar_celebration(2024, 2, 29, MARCH_1), date(2024, 2, 29))

    def test_spring_festival_as_published(self):
        published = {2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6)}
        for year, (month, day) in published.items():
            self.assertEqual(lunar_celebration(year, 1, 1), date(year, month, day))

    def test_mid_autumn_as_published(self):
        published = {2024: (9, 17), 2025: (10, 6), 2026: (9, 25), 2028: (10, 3)}
        for year, (month, day) in published.items():
            self.assertEqual(lunar_celebration(year, 8, 15), date(year, month, day))

    def test_feasts_of_long_ago_and_late_in_the_century_as_published(self):
        """Where tables of the calendar differ, the observatories' is followed."""
        self.assertEqual(get_feast("mid_autumn", 1978), date(1978, 9, 17))
        self.assertEqual(get_feast("double_ninth", 2057), date(2057, 10, 7))
        self.assertEqual(get_feast("winter_solstice", 2021), date(2021, 12, 21))
        self.assertEqual(get_feast("pure_brightness", 1999), date(1999, 4, 5))

    def test_new_years_eve_opens_the_year_it_is_named_after(self):
        first, last = date(2025, 1, 1), date(2027, 12, 31)
        self.assertEqual(
            get_feasts("new_year_eve", first, last),
            [(2025, date(2025, 1, 28)), (2026, date(2026, 2, 16))]
            + [(2027, date(2027, 2, 5))],
        )

    def test_feasts_out_of_range_are_not_known(self):
        for feast in FEASTS:
            self.assertIsNone(get_feast(feast, 1899))
            self.assertIsNone(get_feast(feast, 2102))

    def test_leap_month_birthday_comes_in_the_leap_month_when_there_is_one(self):
        self.assertEqual(lunar_celebration(2025, 6, 1, True), date(2025, 7, 25))
        self.assertEqual(lunar_celebration(2025, 6, 1, False), date(2025, 6, 25))

    def test_leap_month_birthday_falls_back_to_the_plain_month(self):
        self.assertEqual(
            lunar_celebration(2026, 6, 1, True), lunar_celebration(2026, 6, 1)
        )

    def test_days_that_other_calendars_have_got_wrong(self):
        """Of bug reports: 6tail/lunar-go 5 and lunar-java 2, maut/genlunarbirthday 1,
        opprime/calendarist 2, Bigkoo/Android-PickerView 593 and 778, kinegratii/borax
        47, Crazysiri/chineseholiday 20."""
        for year, month, day, leap, expected in (
            (2033, 11, 1, True, date(2033, 12, 22)),
            (2014, 9, 1, True, date(2014, 10, 24)),
            (2015, 9, 1, True, date(2015, 10, 13)),
            (2017, 6, 27, True, date(2017, 8, 18)),
            (2020, 4, 11, False, date(2020, 5, 3)),
            (2020, 4, 11, True, date(2020, 6, 2)),
            # The first month had 29 days, the twelfth of 2024 as well.
            (2020, 1, 30, False, date(2020, 2, 22)),
            (2024, 12, 30, False, date(2025, 1, 28)),
        ):
            with self.subTest(year=year, month=month, leap=leap):
                found = lunar_celebration(year, month, day, leap)
                self.assertEqual(found, expected)
        self.assertEqual(lunar_month_length(2020, 4, True), 29)
        # The last months of a lunar year lie in the next solar one.
        for month, day, expected in (
            (12, 18, date(2024, 1, 28)),
            (11, 20, date(2024, 1, 1)),
        ):
            found = next_celebration("lunar", month, day, False, date(2024, 1, 1))
            self.assertEqual(found, expected)

    def test_thirtieth_of_a_short_month_becomes_the_29th(self):
        short = next(m for m in range(1, 13) if lunar_month_length(2026, m) == 29)
        self.assertEqual(
            lunar_celebration(2026, short, 30), lunar_celebration(2026, short, 29)
        )

    def test_each_birthday_comes_once_a_year_in_both_views_of_it(self):
        """Walking through all days finds what computing by year finds: nothing
        missing, nothing twice, over ten years with three lunar leap months."""
        day, found = date(2024, 2, 10), {}
        while day < date(2034, 2, 19):
            for calendar, month, number, leap, year in celebrated_on(day):
                key = (calendar, month, number, leap, year)
                self.assertNotIn(key, found)
                found[key] = day
            day += timedelta(days=1)
        for year, month, number, leap in product(
            range(2024, 2034), range(1, 13), range(1, 31), (False, True)
        ):
            key = ("lunar", month, number, leap, year)
            expected = lunar_celebration(year, month, number, leap)
            self.assertEqual(found[key], expected, key)
        self.assertEqual(found["solar", 2, 29, False, 2025], date(2025, 2, 28))

    def test_next_celebration_includes_today(self):
        today = date(2026, 9, 25)
        self.assertEqual(next_celebration("lunar", 8, 15, False, today), today)
        self.assertEqual(
            next_celebration("solar", 9, 24, False, today), date(2027, 9, 24)
        )

    def test_out_of_range_is_nobodys_day(self):
        self.assertEqual(
            celebrated_on(date(2150, 5, 5), FEBRUARY_28),
            [("solar", 5, 5, False, 2150)],
        )
        self.assertIsNone(next_celebration("lunar", 1, 1, False, date(2150, 1, 1)))

    def test_feasts_from_the_first_to_the_last_day(self):
        """Both included, and nothing where the calendar is not known."""
        day, one = get_feast("mid_autumn", 2026), timedelta(days=1)
        self.assertEqual(get_feasts("mid_autumn", day, day), [(2026, day)])
        self.assertFalse(get_feasts("mid_autumn", day + one, day + 2 * one))
        self.assertFalse(get_feasts("mid_autumn", day - 2 * one, day - one))
        self.assertFalse(get_feasts("mid_autumn", date(2101, 1, 1), date(2101, 12, 31)))

    def test_no_lunar_birthdays_where_the_calendar_is_not_known(self):
        for day, known in ((date(2100, 1, 31), True), (date(2100, 3, 1), False)):
            lunar = [found for found in celebrated_on(day) if found[0] == "lunar"]
            self.assertEqual(bool(lunar), known)
