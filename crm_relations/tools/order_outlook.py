"""How many orders are to be expected of a customer: BG/NBD, looking ahead.

Fader, Hardie and Lee (2005), the model of ``activity_model``. Given that a customer
with the history (x, t_x, T) is active, its rate of ordering is gamma distributed with
``r + x`` and ``alpha + T``, and the chance p of leaving after an order is beta
distributed with ``a`` and ``b + x``, independently. So what it orders within a time t
is the mean over p of

    K(p) = (1 - (1 + p t / (alpha + T)) ** -(r + x)) / p

which is what the authors write by Gauss' hypergeometric function. Their form divides by
``a - 1``, and its series needs the more terms the longer the look ahead. The mean is
taken by the trapezoidal rule over q = ln(p / (1 - p)) instead. There the density of p
and K have no singularity nearer to the real line than i pi, whatever the parameters and
the time: the error falls by e^(-pi^2 / h) or more with the step h, so that a fixed step
holds for all customers. Tests compare it with scipy's hypergeometric function.

What the database computes by SQL (``crm_value_curve``) is this, term by term.
"""

import math
from functools import lru_cache

from .activity_model import probability_active

WEEKS_A_YEAR = 365 / 7
# The trapezoidal rule: width of a step in the spread of q, steps where it ends.
STEP = 0.5
# Beyond so many e-folds K no longer changes: the rest of the density is one node.
FLAT = 18.0
# So far out the density has fallen below e^-28: in spreads and in slopes of its tails.
SPREADS, SLOPES = 8.0, 32.0
# What is left out below: e to the minus this.
LEAST_LOG = 35.0
# Below it, 1 - (1 + u) ** -R is told by three terms of its series.
SMALL = 1e-4
# Chances of more orders are left out when less than this is left of them.
LEAST_CHANCE = 1e-9
MOST_ORDERS = 20_000


def get_span(parameters, x, weeks):
    """Return (q of the first node, step, number of steps) for customers with x repeat
    orders and looks ahead of at most so many weeks.

    Repeat orders are on different days, so that T is at least x days.
    """
    r, alpha, a, b = parameters
    rest = b + x
    centre = math.log(a / rest)
    spread = math.sqrt(1 / a + 1 / rest)
    orders = (r + x + 1) * weeks / (alpha + x / 7)
    first = max(
        centre - SPREADS * spread - SLOPES / a,
        min(centre, -math.log(max(1.0, orders))) - FLAT,
    )
    last = min(centre + SPREADS * spread + SLOPES / rest, max(centre, 0.0) + FLAT)
    step = STEP * min(1.0, spread)
    return first, step, math.ceil((last - first) / step)


@lru_cache(maxsize=512)
def get_nodes(parameters, x, weeks):
    """Return ``[(p, weight), …]``, weights that sum to 1."""
    _r, _alpha, a, b = parameters
    rest = b + x
    first, step, count = get_span(parameters, x, weeks)
    logs = []
    for number in range(count + 1):
        leaves, stays = _get_logistic(first + number * step)
        logs.append((math.exp(leaves), a * leaves + rest * stays))
    # What lies beyond falls like a geometric series.
    for place, slope in ((0, a), (-1, rest)):
        p, log = logs[place]
        logs[place] = p, log - math.log(-math.expm1(-slope * step))
    top = max(log for _p, log in logs)
    weights = [(p, math.exp(log - top)) for p, log in logs if log > top - LEAST_LOG]
    total = math.fsum(weight for _p, weight in weights)
    return [(p, weight / total) for p, weight in weights]


def _get_logistic(q):
    """Return the logarithms of p and of 1 - p, where q = ln(p / (1 - p))."""
    leaves = -math.log1p(math.exp(-q)) if q > -LEAST_LOG else q
    stays = -math.log1p(math.exp(q)) if q < LEAST_LOG else -q
    return leaves, stays


def orders_of_active(parameters, x, T, weeks, longest=None):
    """Return how many orders an active customer places within so many weeks."""
    r, alpha, _a, _b = parameters
    rate, reach = r + x, weeks / (alpha + T)
    return math.fsum(
        weight * _orders_at(rate, p * reach, reach)
        for p, weight in get_nodes(parameters, x, longest or weeks)
    )


def _orders_at(rate, u, reach):
    if rate * u < SMALL:
        return (
            rate
            * reach
            * (1 - (rate + 1) * u / 2 + (rate + 1) * (rate + 2) * u * u / 6)
        )
    return -math.expm1(-rate * math.log1p(u)) * reach / u


def expected_orders(parameters, x, t_x, T, weeks):
    """Return how many orders are to be expected within so many weeks."""
    active = probability_active(parameters, x, t_x, T)
    return active * orders_of_active(parameters, x, T, weeks)


def get_discounts(years, rate):
    """Return ``[factor of the orders up to the end of year 1, 2, …]``.

    What is ordered within a year is discounted by the middle of it. In sums up to the
    end of each year that is the difference of two factors, but for the last one.
    """
    middle = [(1 + rate) ** -(year + 0.5) for year in range(years)]
    return [now - then for now, then in zip(middle, [*middle[1:], 0.0], strict=True)]


def discounted_orders(parameters, x, t_x, T, years, rate):
    """Return the orders to be expected within these years, discounted to today."""
    active = probability_active(parameters, x, t_x, T)
    longest = years * WEEKS_A_YEAR
    return active * math.fsum(
        factor * orders_of_active(parameters, x, T, (year + 1) * WEEKS_A_YEAR, longest)
        for year, factor in enumerate(get_discounts(years, rate))
    )


def order_chances(parameters, x, t_x, T, weeks):
    """Return ``[chance of no order, of one, of two, …]`` within so many weeks.

    An active customer orders at least k times when it would have done so without ever
    leaving (negative binomial), and has stayed after each of the first k - 1 orders.
    """
    r, alpha, a, b = parameters
    rate, share = r + x, weeks / (alpha + T + weeks)
    chance = math.exp(rate * math.log1p(-share))
    reached, stayed, at_least = 1.0 - chance, 1.0, [1.0]
    while reached * stayed > LEAST_CHANCE and len(at_least) <= MOST_ORDERS:
        k = len(at_least)
        at_least.append(reached * stayed)
        chance *= (rate + k - 1) / k * share
        reached -= chance
        stayed *= (b + x + k - 1) / (a + b + x + k - 1)
    at_least.append(0.0)
    active = probability_active(parameters, x, t_x, T)
    chances = [
        active * (now - more) for now, more in zip(at_least, at_least[1:], strict=False)
    ]
    chances[0] += 1 - active
    return chances
