"""What an order of a customer is worth: the Gamma-Gamma model.

Fader and Hardie (2013), "The Gamma-Gamma Model of Monetary Value". The values of a
customer's orders vary around a mean of its own (gamma distributed with shape ``p``);
the means vary among customers (inverse gamma: ``q``, ``gamma``) and have nothing to do
with how often one orders. What is expected of the next order lies between the
customer's own average and that of all, the nearer to its own the more it has ordered.

Only ``fit`` needs scipy; the rest is plain Python.
"""

import math
from itertools import accumulate
from typing import NamedTuple

from .likelihood import find_least, to_rows

# (p, q - 1, gamma / average): where the search starts.
STARTS = [(6.0, 2.5, 0.5), (1.0, 1.0, 1.0), (30.0, 10.0, 1.0)]
# A customer's orders are told one by one up to here, later ones by groups.
TOLD_ORDERS = 40
# Steps to a bound, and of a continued fraction.
MOST_STEPS = 60
MOST_TERMS = 300
TINY = 1e-300


class Parameters(NamedTuple):
    """``p`` of a customer's orders; ``q`` and ``gamma`` of the customers. ``gamma`` is
    in the currency of the orders."""

    p: float
    q: float
    gamma: float


class Fit(NamedTuple):
    parameters: Parameters
    log_likelihood: float


def expected_value(parameters, x, mean):
    """Return the value to be expected of an order, after x orders of this mean.

    It is the mean of both averages, with weights p x and q - 1: so it is defined for
    negative means as well, which the model does not know.
    """
    p, q, gamma = parameters
    return p * (gamma + x * mean) / (p * x + q - 1)


def own_weight(parameters, x):
    """Return the weight of the customer's own average, 0 to 1."""
    p, q, _gamma = parameters
    return p * x / (p * x + q - 1)


def value_range(parameters, x, mean, chances, share):
    """Return (low, high) between which the sum of the orders to come lies with this
    probability, as much below it as above; None where the model knows no such value.

    The sum of k orders, given what is known of the customer, is (gamma + x mean) times
    a ratio of two gamma distributed numbers with p k and p x + q: a beta prime
    distribution. Its mixture over the number of orders is inverted.

    :param chances: that of no order, of one, of two, …
    """
    p, q, gamma = parameters
    scale, shape = gamma + x * mean, p * x + q
    if scale <= 0:
        return None
    groups = [(p * k, chance) for k, chance in _group_orders(chances)]

    def reach(value):
        part = value / (value + scale)
        return chances[0] + math.fsum(
            chance * beta_share(part, orders, shape) for orders, chance in groups
        )

    rest = (1 - share) / 2
    return tuple(_invert(reach, level, scale) for level in (rest, 1 - rest))


def _group_orders(chances):
    """Return ``[(number of orders, chance)]`` of at least one: many numbers are put
    together to means of groups that are equally probable."""
    numbers = list(enumerate(chances))[1:]
    if len(numbers) <= TOLD_ORDERS:
        return numbers
    total = math.fsum(chance for _k, chance in numbers) or 1.0
    ends = accumulate(chance / total for _k, chance in numbers)
    groups = {}
    for (k, chance), end in zip(numbers, ends, strict=True):
        group = groups.setdefault(min(int(end * TOLD_ORDERS), TOLD_ORDERS), [0.0, 0.0])
        group[0] += k * chance
        group[1] += chance
    return [(sum_ / chance, chance) for sum_, chance in groups.values() if chance]


def _invert(reach, level, scale):
    """Return the value at which ``reach`` comes to this level, to a thousandth."""
    if reach(0.0) >= level:
        return 0.0
    low, high = _enclose(reach, level, scale)
    for _step in range(MOST_STEPS):
        if high < low * 1.0005:
            break
        middle = math.sqrt(low * high)
        low, high = (middle, high) if reach(middle) < level else (low, middle)
    return math.sqrt(low * high)


def _enclose(reach, level, scale):
    low, high = scale * 1e-9, scale
    while reach(high) < level and high < scale * 1e12:
        low, high = high, high * 8
    while reach(low) > level and low > scale * 1e-30:
        low, high = low / 64, low
    return low, high


def beta_share(part, a, b):
    """Return the regularized incomplete beta function, by its continued fraction."""
    if part <= 0 or part >= 1:
        return float(part >= 1)
    log = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(log + a * math.log(part) + b * math.log1p(-part))
    if part < (a + 1) / (a + b + 2):
        return front * _beta_fraction(part, a, b) / a
    return 1 - front * _beta_fraction(1 - part, b, a) / b


def _beta_fraction(x, a, b):
    """Return the continued fraction of the incomplete beta function (Lentz)."""
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, MOST_TERMS):
        for factor in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _off_zero(1 + factor * d)
            c = _off_zero(1 + factor / c)
            result *= c * d
        if abs(c * d - 1) < 1e-10:
            break
    return result


def _off_zero(value):
    return value if abs(value) > TINY else TINY


def log_likelihood(parameters, averages):
    """Return the log-likelihood of weighted averages; needs numpy and scipy.

    :param averages: array of three columns (x, average of x orders, customers)
    """
    import numpy as np  # noqa: PLC0415, optional
    from scipy.special import gammaln  # noqa: PLC0415, optional

    p, q, gamma = parameters
    x, mean, weight = np.asarray(averages, dtype=float).T
    return float(
        weight
        @ (
            gammaln(p * x + q)
            - gammaln(p * x)
            - gammaln(q)
            + q * np.log(gamma)
            + (p * x - 1) * np.log(mean)
            + p * x * np.log(x)
            - (p * x + q) * np.log(gamma + x * mean)
        )
    )


def fit(averages):
    """Return the parameters under which these averages are most likely, as a ``Fit``.

    Amounts are counted in their average, so that no currency is too small or too
    large, and q exceeds 1: without that the average of all has no end.

    :param averages: iterable of (x, average of x orders, customers); only averages
        above 0 belong here, the model knows no others
    :raise FitError: scipy is missing, customers are too few, their averages do not
        differ, or the search ends nowhere
    """
    rows, customers = to_rows(averages, columns=3)
    unit = float(rows[:, 1] @ rows[:, 2] / customers)
    rows[:, 1] /= unit

    def get_cost(parameters):
        p, rest, gamma = parameters
        return -log_likelihood((p, 1 + rest, gamma), rows) / customers

    (p, rest, gamma), cost = find_least(get_cost, STARTS)
    likelihood = -cost * customers - float(customers) * math.log(unit)
    return Fit(Parameters(p, 1 + rest, gamma * unit), float(likelihood))
