import doctest

from odoo.tests import BaseCase, tagged

from ..tools import scoring
from ..tools.scoring import get_factor_points, get_index, get_points


@tagged("post_install", "-at_install")
class TestResponseScoring(BaseCase):
    """From an answer to points, from points to the index."""

    def test_the_doctests(self):
        self.assertFalse(doctest.testmod(scoring).failed)

    def test_points_of_scales(self):
        self.assertEqual([get_points(n, 0, 10) for n in (0, 5, 10)], [0, 50, 100])
        self.assertEqual([get_points(n, 1, 10) for n in (1, 10)], [0, 100])
        self.assertEqual(get_points(2, 1, 5, is_reversed=True), 75)
        for raw in (-1, 11, float("nan")):
            self.assertIsNone(get_points(raw, 0, 10))

    def test_own_points_win_over_those_of_the_parts(self):
        factors = {"staff": (None, 2), "look": ("staff", 1), "price": (None, 1)}
        self.assertEqual(get_index(factors, {"look": 40, "price": 70}), 50)
        self.assertEqual(get_index(factors, {"staff": 100, "look": 40}), 100)
        self.assertEqual(
            get_factor_points(factors, {"look": 40}), {"staff": 40, "look": 40}
        )

    def test_each_level_divides_by_the_weights_that_were_answered(self):
        factors = {
            **{1: (None, 33), 2: (None, 25), 3: (None, 21), 4: (None, 20)},
            **{11: (1, 60), 12: (1, 41), 21: (2, 0)},
        }
        self.assertAlmostEqual(get_index(factors, {11: 100, 12: 100, 3: 100}), 100)
        self.assertAlmostEqual(
            get_index(factors, {11: 100, 12: 0, 3: 50}),
            (33 * 100 * 60 / 101 + 21 * 50) / (33 + 21),
        )
        self.assertIsNone(get_index(factors, {21: 80}))
        self.assertIsNone(get_index(factors, {}))
