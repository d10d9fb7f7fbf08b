import math
import sys
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..tools.activity_model import (
    FitError,
    Parameters,
    fit,
    probability_active,
    silence_until,
)

# The published parameters of the CDNOW sample, in weeks.
CDNOW = Parameters(0.243, 4.414, 0.793, 2.426)


@tagged("post_install", "-at_install")
class TestActivityTools(BaseCase):
    """SE-10: the formulas themselves."""

    def test_the_probability_equals_the_formula_worked_out_by_hand(self):
        """x = 2, t_x = 30.43, T = 38.86: 1 / (1 + a/(b+1) ((α+T)/(α+t_x))^(r+2))."""
        odds = 0.793 / 3.426 * (43.274 / 34.844) ** 2.243
        found = probability_active(CDNOW, 2, 30.43, 38.86)
        self.assertAlmostEqual(found, 1 / (1 + odds), places=12)

    def test_without_a_repeat_order_nobody_has_left(self):
        self.assertEqual(probability_active(CDNOW, 0, 0, 500), 1)
        self.assertIsNone(silence_until(CDNOW, 0, 0, 0.3))

    def test_no_history_is_too_long(self):
        self.assertLess(probability_active(CDNOW, 100_000, 1, 5_000), 1e-100)
        self.assertGreater(probability_active(CDNOW, 100_000, 5_000, 5_000), 0.99)
        self.assertLess(probability_active(CDNOW, 10**9, 1, 10**6), 1e-300)

    def test_silence_lowers_the_probability_and_orders_shorten_the_wait(self):
        ages = [probability_active(CDNOW, 3, 20, weeks) for weeks in range(20, 90)]
        self.assertEqual(ages, sorted(ages, reverse=True))
        self.assertLess(
            silence_until(CDNOW, 20, 20, 0.3), silence_until(CDNOW, 3, 20, 0.3)
        )

    def test_the_day_of_silence_is_the_inverse(self):
        for x, t_x in [(1, 5), (3, 20), (40, 39)]:
            for share in (0.3, 0.5):
                weeks = silence_until(CDNOW, x, t_x, share)
                self.assertAlmostEqual(
                    probability_active(CDNOW, x, t_x, weeks), share, places=9
                )

    def test_a_share_that_was_never_reached_has_no_day(self):
        self.assertIsNone(silence_until(CDNOW, 1, 5, 0.99))
        faithful = Parameters(1e-6, 1, 1e-308, 1e6)
        self.assertIsNone(silence_until(faithful, 1, 5, 0.3))

    def test_a_share_that_is_reached_at_the_last_order_has_its_day(self):
        even = Parameters(1, 1, 1, 1)
        self.assertEqual(probability_active(even, 1, 3, 3), 0.5)
        self.assertEqual(silence_until(even, 1, 3, 0.5), 3)

    def test_without_scipy_the_fit_says_so_and_the_rest_works(self):
        with patch.dict(sys.modules, {"scipy": None, "scipy.optimize": None}):
            with self.assertRaises(FitError) as caught:
                fit([(1, 2, 3, 100)])
            self.assertEqual(caught.exception.code, "scipy")
            self.assertTrue(math.isfinite(probability_active(CDNOW, 3, 20, 30)))
