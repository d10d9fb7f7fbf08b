"""The BG/NBD model: is a customer who has fallen silent still one?

Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy Way: An Alternative to
the Pareto/NBD Model, Marketing Science 24 (2), 275-284. While active, a customer orders
at random at a rate of its own (gamma distributed: ``r``, ``alpha``); after each order
it goes away with a probability of its own (beta distributed: ``a``, ``b``).

A history is (x, t_x, T): repeat orders, time from the first order to the last one, time
from the first order to today. Several orders of one day are one. A customer without a
repeat order cannot have gone away in this model: it is active with certainty.

Only ``fit`` needs scipy; the rest is plain Python.
"""

import math
from typing import NamedTuple

from .likelihood import FitError, find_least, to_rows

DAYS_A_WEEK = 7
# exp() of more overflows in PostgreSQL as in Python.
LARGEST_EXPONENT = 700.0
# Where the search starts, (r, alpha, a, b): mixed, regular, faithful customers.
STARTS = [(1.0, 10.0, 1.0, 2.0), (0.3, 4.0, 0.5, 3.0), (3.0, 20.0, 0.2, 5.0)]


class Parameters(NamedTuple):
    """``r`` and ``alpha`` of the ordering, ``a`` and ``b`` of the leaving; times are in
    the unit of ``alpha``."""

    r: float
    alpha: float
    a: float
    b: float


class Fit(NamedTuple):
    parameters: Parameters
    log_likelihood: float


def probability_active(parameters, x, t_x, T):
    """Return the probability that a customer with this history is still active.

    Equation (A3) of the authors' note on P(active), in logarithms: no history, however
    long, overflows.
    """
    if not x:
        return 1.0
    r, alpha, a, b = parameters
    exponent = math.log(a / (b + x - 1)) + (r + x) * (
        math.log(alpha + T) - math.log(alpha + t_x)
    )
    return 1 / (1 + math.exp(max(-LARGEST_EXPONENT, min(exponent, LARGEST_EXPONENT))))


def silence_until(parameters, x, t_x, probability):
    """Return T at which silence alone brings the probability down to this one; None
    where it never falls so far or has begun below it."""
    if not x:
        return None
    r, alpha, a, b = parameters
    odds = math.log((1 - probability) / probability) - math.log(a / (b + x - 1))
    if odds < 0 or odds / (r + x) > LARGEST_EXPONENT:
        return None
    return (alpha + t_x) * math.exp(odds / (r + x)) - alpha


def log_likelihood(parameters, histories):
    """Return the log-likelihood of weighted histories; needs numpy and scipy.

    :param histories: array of four columns (x, t_x, T, number of customers)
    """
    import numpy as np  # noqa: PLC0415, optional
    from scipy.special import gammaln  # noqa: PLC0415, optional

    r, alpha, a, b = parameters
    x, t_x, T, weight = np.asarray(histories, dtype=float).T
    orders = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    stays = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    active = -(r + x) * np.log(alpha + T)
    gone = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + t_x)
    gone[x == 0] = -np.inf
    return float(weight @ (orders + stays + np.logaddexp(active, gone)))


def fit(histories):
    """Return the parameters under which these histories are most likely, as a ``Fit``.

    :param histories: iterable of (x, t_x, T, number of customers), times in weeks;
        equal histories are best grouped
    :raise FitError: scipy is missing, customers or repeat orders are too few, or the
        search ends nowhere
    """
    rows, customers = to_rows(histories, columns=4)
    if not (rows[:, 0] > 0).any():
        raise FitError("no_repeats")
    found, cost = find_least(
        lambda parameters: -log_likelihood(parameters, rows) / customers, STARTS
    )
    return Fit(Parameters(*found), float(-cost * customers))
