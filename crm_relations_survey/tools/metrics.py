"""Figures of satisfaction and what they are worth: plain numbers, no database.

Sources. Net promoter score: F. Reichheld, "The One Number You Need to Grow", Harvard
Business Review, December 2003. Its variance: that of a draw of +1, 0 and -1, as worked
out by W. Huber, "How can I calculate margin of error in a NPS result?", Cross Validated
18609 (2011). CSAT is the share of the top boxes, never the mean. Its interval: E. B.
Wilson, JASA 22 (1927) 209-212; compared with others by R. G. Newcombe, Statistics in
Medicine 17 (1998) 857-872. Index: the weighted mean of factors whose published weights
are rounded and sum to 99 to 101, so that they are divided by their sum (J.D. Power).
Rates of calls: AAPOR, see ``crm_relations.tools.response_rates``.

An answer that was not given is None: it is in no numerator and in no base.
"""

from collections import namedtuple
from math import sqrt

from odoo.addons.crm_relations.tools.response_rates import response_rates

__all__ = [
    "Figure",
    "csat",
    "csat_interval",
    "is_difference",
    "mean_figure",
    "net_promoter_error",
    "net_promoter_figure",
    "net_promoter_score",
    "response_rates",
    "share_figure",
    "share_interval",
    "weighted_index",
]

LOWEST, HIGHEST = 0, 10
PROMOTER, DETRACTOR = 9, 6  # from here up; to here
CONFIDENCE = 1.959963984540054  # of a normal distribution, 95 % on both sides
FEW = 30  # fewer answers say nothing about a difference

# A value, its standard error in the same unit and the number of answers.
Figure = namedtuple("Figure", ["value", "error", "count"])


def net_promoter_score(scores):
    """Return the share of promoters less that of detractors, exact, -100.0 to 100.0;
    None without answers.

    >>> net_promoter_score([10, 9, 8, 7, 6, None])
    20.0

    :param scores: whole numbers from 0 to 10, None for no answer
    :raise ValueError: another number
    """
    return net_promoter_figure(*_count_promoters(scores)).value


def net_promoter_error(scores):
    """Return the standard error of the net promoter score, in points.

    >>> round(net_promoter_error([10] * 162 + [8] * 108 + [3] * 54), 1)
    4.1
    """
    return net_promoter_figure(*_count_promoters(scores)).error


def net_promoter_figure(promoters, detractors, count):
    """Return the score out of numbers of answers.

    A single answer tells nothing of how others would vary: its error is not known.

    >>> net_promoter_figure(0, 0, 0)
    Figure(value=None, error=None, count=0)
    >>> net_promoter_figure(1, 0, 1)
    Figure(value=100.0, error=None, count=1)
    """
    if not count:
        return Figure(None, None, 0)
    p, d = promoters / count, detractors / count
    error = _get_error(p + d - (p - d) ** 2, count)
    return Figure(100 * (promoters - detractors) / count, error, count)


def _get_error(variance, count):
    """Return the standard error of a share, in percent: at least that of answers of
    which one is another one. Where all are the same, nobody knows that all others would
    be; a single one tells nothing."""
    if count == 1:
        return None
    return 100 * sqrt(max(variance, (count - 1) / count**2) / count)


def _count_promoters(scores):
    answers = _get_answers(scores, LOWEST, HIGHEST)
    return (
        sum(score >= PROMOTER for score in answers),
        sum(score <= DETRACTOR for score in answers),
        len(answers),
    )


def _get_answers(scores, lowest, highest):
    """Return the scores without those who did not answer.

    :raise ValueError: one is no whole number between these limits
    """
    answers = [score for score in scores if score is not None]
    for score in answers:
        if isinstance(score, bool) or score not in range(lowest, highest + 1):
            raise ValueError(score)
    return answers


def csat(scores, top=2, scale=5):
    """Return the percentage of answers in the top boxes; None without answers.

    >>> csat([5, 4, 3, 1, None])
    50.0

    :param scores: whole numbers from 1 to ``scale``, None for no answer
    :raise ValueError: another number, or boxes that the scale has not
    """
    return share_figure(*_count_top(scores, top, scale)).value


def csat_interval(scores, top=2, scale=5):
    """Return the 95 % interval by Wilson of ``csat``, ``(low, high)`` in percent; None
    without answers."""
    return share_interval(*_count_top(scores, top, scale))


def _count_top(scores, top, scale):
    if not 1 <= top <= scale:
        raise ValueError(top)
    answers = _get_answers(scores, 1, scale)
    return sum(score > scale - top for score in answers), len(answers)


def share_figure(hits, count):
    """Return a percentage out of numbers of answers.

    >>> share_figure(1, 4).value
    25.0
    """
    if not count:
        return Figure(None, None, 0)
    share = hits / count
    return Figure(100 * share, _get_error(share * (1 - share), count), count)


def share_interval(hits, count):
    """Return the interval by Wilson, ``(low, high)`` in percent; None without answers.

    >>> [round(limit, 2) for limit in share_interval(0, 20)]
    [0.0, 16.11]
    """
    if not count:
        return None
    square = CONFIDENCE**2
    middle = 2 * hits + square
    reach = CONFIDENCE * sqrt(square + 4 * hits * (count - hits) / count)
    base = 2 * (count + square)
    return (
        max(100 * (middle - reach) / base, 0.0),
        min(100 * (middle + reach) / base, 100.0),
    )


def mean_figure(mean, deviation, count):
    """Return a mean out of what a database counts.

    :param deviation: the standard deviation of a sample; None of a single answer
    """
    if not count:
        return Figure(None, None, 0)
    error = None if deviation is None else deviation / sqrt(count)
    return Figure(mean, error, count)


def is_difference(first, second, minimum=FEW):
    """Return whether two figures differ by more than chance (z test, 95 %).

    Never with less than ``minimum`` answers on either side: whoever colours a
    difference would colour noise.

    >>> is_difference(Figure(30, 4, 300), Figure(20, 4, 300))
    False
    >>> is_difference(Figure(30, 3, 300), Figure(20, 3, 300))
    True
    """
    figures = (first, second)
    if any(one.value is None or one.error is None for one in figures):
        return False
    if min(first.count, second.count) < minimum:
        return False
    error = sqrt(first.error**2 + second.error**2)
    return abs(first.value - second.value) > CONFIDENCE * error


def weighted_index(scores, weights):
    """Return the weighted mean of what was answered; None if nothing was, or nothing
    that weighs anything.

    >>> weighted_index([80, 60, None], [2, 1, 5])
    73.33333333333333
    >>> weighted_index({"staff": 80, "price": 50}, {"staff": 99, "price": 0})
    80.0

    :param scores: a list, or a dict; None is no answer
    :param weights: as many, or a dict of the same keys (more do no harm)
    :raise ValueError: a negative weight, one that is no number, or none
    """
    pairs = _pair(scores, weights)
    for _score, weight in pairs:
        if not 0 <= weight < float("inf"):
            raise ValueError(weight)
    pairs = [(score, weight) for score, weight in pairs if score is not None]
    heaviest = max((weight for _score, weight in pairs), default=0)
    if not heaviest:
        return None
    # By the heaviest first: no sum that leaves the range of a float.
    total = sum(weight / heaviest for _score, weight in pairs)
    return sum(score * (weight / heaviest / total) for score, weight in pairs)


def _pair(scores, weights):
    """Return ``[(score, weight)]`` of two lists, or of two dicts."""
    if not isinstance(scores, dict):
        return list(zip(scores, weights, strict=True))
    if missing := set(scores) - set(weights):
        raise ValueError(missing)
    return [(score, weights[key]) for key, score in scores.items()]
