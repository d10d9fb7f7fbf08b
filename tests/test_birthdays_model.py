"""CA-1: celebrations, computed by year and found by day, agree over all years."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.crm_relations.tools import birthdays

LEAP_DAYS = st.sampled_from([birthdays.FEBRUARY_28, birthdays.MARCH_1])


@tagged("post_install", "-at_install")
class TestBirthdaysModel(BaseCase):
    @settings(max_examples=400, deadline=None, derandomize=True)
    @given(
        year=st.integers(1901, 2098),
        month=st.integers(1, 12),
        number=st.integers(1, 30),
        leap=st.booleans(),
    )
    def test_a_lunar_birthday_is_found_on_its_day_and_once(
        self, year, month, number, leap
    ):
        day = birthdays.lunar_celebration(year, month, number, leap)
        found = [
            key
            for key in birthdays.celebrated_on(day)
            if key[:4] == (birthdays.LUNAR, month, number, leap)
        ]
        self.assertEqual(found, [(birthdays.LUNAR, month, number, leap, year)])
        self.assertIn(day.year, (year, year + 1))

    @settings(max_examples=400, deadline=None, derandomize=True)
    @given(
        year=st.integers(1901, 2098),
        born=st.dates(date(2000, 1, 1), date(2000, 12, 31)),
        leap_day=LEAP_DAYS,
    )
    def test_a_solar_birthday_is_found_on_its_day_and_once(self, year, born, leap_day):
        day = birthdays.solar_celebration(year, born.month, born.day, leap_day)
        found = [
            key
            for key in birthdays.celebrated_on(day, leap_day)
            if key[:3] == (birthdays.SOLAR, born.month, born.day)
        ]
        self.assertEqual(found, [(birthdays.SOLAR, born.month, born.day, False, year)])

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(
        today=st.dates(date(1901, 3, 1), date(2097, 12, 31)),
        calendar=st.sampled_from([birthdays.SOLAR, birthdays.LUNAR]),
        month=st.integers(1, 12),
        number=st.integers(1, 28),
        leap=st.booleans(),
    )
    def test_the_next_one_is_within_thirteen_months(
        self, today, calendar, month, number, leap
    ):
        leap = leap and calendar == birthdays.LUNAR
        following = birthdays.next_celebration(calendar, month, number, leap, today)
        self.assertGreaterEqual(following, today)
        self.assertLessEqual((following - today).days, 385)
