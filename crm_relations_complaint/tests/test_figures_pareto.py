import doctest
import random

from odoo.tests import BaseCase, tagged

from ..tools import pareto
from ..tools.pareto import OTHER, WHOLE, get_pareto, get_shares


@tagged("post_install", "-at_install")
class TestFiguresPareto(BaseCase):
    """CO-11: shares sum to exactly 100 %, "other" is last."""

    def test_the_examples_hold(self):
        self.assertFalse(doctest.testmod(pareto).failed)

    def test_shares_sum_to_the_whole_and_are_off_by_less_than_one(self):
        chance = random.Random(11)
        for _round in range(500):
            counts = [chance.choice((0, 1, 3, 7, 10**9)) for _n in range(12)]
            shares = get_shares(counts)
            total = sum(counts)
            self.assertEqual(sum(shares), WHOLE if total else 0)
            for count, share in zip(counts, shares, strict=True):
                self.assertLess(abs(share - (count * WHOLE / total if total else 0)), 1)
            # Who is counted more often never has the smaller share.
            pairs = sorted(zip(counts, shares, strict=True))
            self.assertEqual([share for _c, share in pairs], sorted(shares))

    def test_bars_fall_and_other_is_last_however_much_it_is(self):
        chance = random.Random(12)
        for _round in range(500):
            number = chance.randrange(15)
            counts = {key: chance.randrange(9) for key in range(number)}
            last = [key for key in counts if chance.random() < 0.1]
            bars = get_pareto(counts, most=5, last=last)
            named = [bar.count for bar in bars if bar.key != OTHER]
            self.assertLessEqual(len(bars), 5)
            self.assertEqual(named, sorted(named, reverse=True))
            self.assertEqual(sum(bar.count for bar in bars), sum(counts.values()))
            if bars:
                self.assertEqual(bars[-1].running, WHOLE)
                self.assertNotIn(OTHER, [bar.key for bar in bars[:-1]])

    def test_one_too_many_is_other_and_just_enough_is_not(self):
        five = dict.fromkeys("abcde", 1)
        self.assertEqual([bar.key for bar in get_pareto(five, most=5)], list("abcde"))
        bars = get_pareto(five | {"f": 1}, most=5)
        self.assertEqual([bar.key for bar in bars], [*"abcd", OTHER])
        self.assertEqual(bars[-1].count, 2)
