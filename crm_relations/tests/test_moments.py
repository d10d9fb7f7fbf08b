from datetime import date, datetime, timedelta, timezone

from odoo.tests import BaseCase, tagged

from ..tools.intervals import get_gaps, get_overlap, merge
from ..tools.moments import is_date, parse_moment


@tagged("post_install", "-at_install")
class TestMoments(BaseCase):
    """Moments as other programs write them, and pieces of time that meet."""

    def test_moments_are_utc_and_whole_seconds(self):
        shanghai = timezone(timedelta(hours=8))
        for value, moment in (
            ("2026-01-31", datetime(2026, 1, 31)),
            (date(2026, 1, 31), datetime(2026, 1, 31)),
            (" 2026-01-31T10:00+08:00 ", datetime(2026, 1, 31, 2)),
            (datetime(2026, 1, 31, 10, tzinfo=shanghai), datetime(2026, 1, 31, 2)),
            ("2026-01-31T10:00:00.9", datetime(2026, 1, 31, 10)),
        ):
            with self.subTest(value):
                self.assertEqual(parse_moment(value), moment)

    def test_years_from_1901_to_2998_are_moments(self):
        for year in (1901, 2998):
            self.assertEqual(parse_moment(f"{year}-06-01").year, year)
        for year in (1900, 2999):
            with self.subTest(year), self.assertRaises(ValueError):
                parse_moment(f"{year}-06-01")

    def test_a_day_is_no_moment(self):
        for value in ("2026-01-31", " 2026-01-31 ", date(2026, 1, 31)):
            self.assertTrue(is_date(value), value)
        for value in ("2026-01-31T10:00", datetime(2026, 1, 31)):
            self.assertFalse(is_date(value), value)

    def test_pieces_that_touch_or_lie_within_each_other_are_one(self):
        self.assertEqual(merge([(5, 7), (1, 3), (3, 4)]), [(1, 4), (5, 7)])
        self.assertEqual(merge([(1, 9), (2, 3)]), [(1, 9)])
        self.assertEqual(merge([(2, 2), (4, 3)]), [])

    def test_gaps_are_what_is_left_open(self):
        self.assertEqual(
            list(get_gaps([(2, 3), (5, 6)], 1, 8)), [(1, 2), (3, 5), (6, 8)]
        )
        self.assertEqual(list(get_gaps([(0, 9)], 1, 8)), [])
        self.assertEqual(list(get_gaps([(0, 1), (8, 9)], 1, 8)), [(1, 8)])
        self.assertEqual(list(get_gaps([(-5, -3)], 1, 8)), [(1, 8)])

    def test_what_lies_between_is_counted_once(self):
        self.assertEqual(get_overlap([(1, 4), (6, 9)], 3, 7), 2)
        self.assertEqual(get_overlap([(1, 4)], 4, 7), 0)
