import doctest
from statistics import mean

from odoo.tests import BaseCase, tagged

from odoo.addons.crm_relations.tools import response_rates as rates

from ..tools import metrics
from ..tools.metrics import (
    Figure,
    csat,
    csat_interval,
    is_difference,
    mean_figure,
    net_promoter_error,
    net_promoter_figure,
    net_promoter_score,
    share_figure,
    share_interval,
    weighted_index,
)


@tagged("post_install", "-at_install")
class TestStudyMetrics(BaseCase):
    """Figures against published worked examples."""

    def test_the_doctests(self):
        self.assertFalse(doctest.testmod(metrics).failed)

    def test_score_and_error_of_the_example_of_huber(self):
        """Cross Validated 18609: half promoters, a third passive, a sixth detractors;
        of 324 customers the score has an error of 4.1 points."""
        scores = [9] * 162 + [7] * 108 + [6] * 54
        self.assertAlmostEqual(net_promoter_score(scores), 100 / 3)
        self.assertAlmostEqual(net_promoter_error(scores), 4.1, delta=0.05)

    def test_categories_are_those_of_reichheld(self):
        """HBR, December 2003: 9 and 10 promote, 7 and 8 are passive, 0 to 6 detract."""
        for score in range(11):
            expected = 100 if score >= 9 else 0 if score >= 7 else -100
            self.assertEqual(net_promoter_score([score]), expected, score)

    def test_skipped_answers_are_in_no_base(self):
        self.assertEqual(net_promoter_score([10, None, 0, None, 10, 10]), 50)
        self.assertEqual(csat([5, None, 1]), 50)
        self.assertEqual(weighted_index([80, None], [1, 9]), 80)
        for nothing in ([], [None], [None, None]):
            self.assertIsNone(net_promoter_score(nothing))
            self.assertIsNone(net_promoter_error(nothing))
            self.assertIsNone(csat(nothing))
            self.assertIsNone(csat_interval(nothing))
            self.assertIsNone(weighted_index(nothing, [1] * len(nothing)))

    def test_what_is_no_answer_is_refused(self):
        for score in (-1, 11, 7.5, float("nan"), float("inf"), True):
            with self.subTest(score=score):
                self.assertRaises(ValueError, net_promoter_score, [10, score])
        for score in (0, 6, 2.5, True):
            with self.subTest(score=score):
                self.assertRaises(ValueError, csat, [5, score])
        self.assertRaises(ValueError, csat, [5], top=6)

    def test_intervals_of_the_table_of_newcombe(self):
        """Statistics in Medicine 17 (1998), table I, method 3 (score, no continuity
        correction)."""
        for hits, count, low, high in (
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0000, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ):
            found = share_interval(hits, count)
            self.assertAlmostEqual(found[0], 100 * low, delta=0.0051)
            self.assertAlmostEqual(found[1], 100 * high, delta=0.0051)
            scores = [5] * hits + [3] * (count - hits)
            self.assertEqual(csat_interval(scores), found)

    def test_csat_is_the_share_of_the_top_boxes(self):
        scores = [5] * 30 + [4] * 20 + [3] * 30 + [2] * 10 + [1] * 10
        self.assertEqual(csat(scores), 50)
        self.assertEqual(csat(scores, top=1), 30)
        self.assertEqual(csat(range(1, 11), top=3, scale=10), 30)
        self.assertNotEqual(csat(scores), 20 * mean(scores))

    def test_weights_that_sum_to_99_are_divided_by_their_sum(self):
        """J.D. Power 2010 U.S. Sales Satisfaction Index, release of 17 November 2010:
        deal 33, salesperson 25, delivery 21, facility 20 percent: 99."""
        weights = {"deal": 33, "salesperson": 25, "delivery": 21, "facility": 20}
        self.assertEqual(sum(weights.values()), 99)
        self.assertAlmostEqual(
            weighted_index(dict.fromkeys(weights, 765), weights), 765
        )
        scores = {"deal": 700, "salesperson": 800, "delivery": 820, "facility": 790}
        exact = (33 * 700 + 25 * 800 + 21 * 820 + 20 * 790) / 99
        self.assertAlmostEqual(weighted_index(scores, weights), exact)

    def test_weights_that_sum_to_101_and_weights_of_zero(self):
        self.assertAlmostEqual(weighted_index([1000] * 5, [29, 23, 18, 16, 15]), 1000)
        self.assertEqual(weighted_index([90, 10], [1, 0]), 90)
        self.assertIsNone(weighted_index([90, 10], [0, 0]))
        self.assertIsNone(weighted_index([None, 10], [1, 0]))
        self.assertAlmostEqual(weighted_index([40, 60], [1e308, 1e308]), 50)

    def test_bad_weights_are_refused(self):
        for weight in (-1, -1e-9, float("nan"), float("inf")):
            with self.subTest(weight=weight):
                self.assertRaises(ValueError, weighted_index, [1, 2], [1, weight])
        self.assertRaises(ValueError, weighted_index, [1, 2], [1])
        self.assertRaises(ValueError, weighted_index, {"a": 1}, {"b": 1})

    def test_a_difference_that_is_none_is_told_apart(self):
        before = net_promoter_figure(162, 54, 324)
        self.assertFalse(is_difference(before, net_promoter_figure(150, 66, 324)))
        self.assertTrue(is_difference(before, net_promoter_figure(110, 110, 324)))
        self.assertFalse(is_difference(share_figure(40, 100), share_figure(50, 100)))
        self.assertTrue(is_difference(share_figure(40, 100), share_figure(60, 100)))
        self.assertTrue(is_difference(mean_figure(80, 9, 81), mean_figure(70, 9, 81)))

    def test_that_all_gave_the_same_answer_is_not_sure_of_all_others(self):
        """The rule of three: 30 of 30 say that at least 90 % do, not that all do. So
        98 % may be as true; half of them is not."""
        for hits in (30, 0):
            same = share_figure(hits, 30)
            for figure, goal in ((same, abs(same.value - 2)), (same, 50)):
                is_far = is_difference(figure, Figure(goal, 0.0, float("inf")))
                self.assertEqual(is_far, goal == 50, (hits, goal))
        for promoters, detractors in ((30, 0), (0, 30), (0, 0)):
            score = net_promoter_figure(promoters, detractors, 30)
            near = net_promoter_figure(
                max(promoters - 1, 0), max(detractors - 1, 0), 30
            )
            if promoters or detractors:
                self.assertAlmostEqual(score.error, near.error)
            self.assertGreater(score.error, 3)
        self.assertIsNone(share_figure(1, 1).error)
        self.assertEqual(net_promoter_error([9, 10]), net_promoter_error([9, 8]))

    def test_few_answers_make_no_difference(self):
        many, few = Figure(100, 0, 30), Figure(-100, 0, 29)
        self.assertFalse(is_difference(many, few))
        self.assertTrue(is_difference(many, few._replace(count=30)))
        self.assertFalse(is_difference(many, mean_figure(1, None, 1)))
        self.assertFalse(is_difference(many, Figure(None, None, 0)))

    def test_rates_of_calls_are_those_of_the_base(self):
        self.assertIs(metrics.response_rates, rates.response_rates)
