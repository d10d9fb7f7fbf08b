"""What the first day of a pool proposes, as plain numbers."""

from math import ceil

# Below so many customers with a rhythm of their own a median says little.
ENOUGH = 20
SHIPPED_DAYS = 60
SHORTEST_DAYS, LONGEST_DAYS = 15, 180
# Those who are due leave within so many nights.
NIGHTS = 30


def round_up(number):
    """Return the next round number: nobody is above it. Of nothing no limit is made.

    >>> [round_up(n) for n in (0, 1, 10, 11, 99, 101, 950, 951, 1183)]
    [0, 10, 10, 20, 100, 150, 950, 1000, 1200]
    """
    step = 10 if number <= 100 else 50 if number <= 1000 else 100
    return ceil(number / step) * step


def fit_days(interval, known):
    """Return the days without a follow-up after which such customers leave: as long
    as they need from order to order, if enough of them have shown that.

    >>> fit_days(47.0, 200), fit_days(3.0, 200), fit_days(400.0, 50), fit_days(47.0, 3)
    (50, 15, 180, 60)
    >>> fit_days(None, 0)
    60
    """
    if not interval or known < ENOUGH:
        return SHIPPED_DAYS
    return min(max(ceil(interval / 10) * 10, SHORTEST_DAYS), LONGEST_DAYS)


def fit_night(customers):
    """Return how many leave a night so that all of them need a month at most.

    >>> fit_night(0), fit_night(2357), fit_night(300)
    (0, 80, 10)
    """
    return round_up(customers / NIGHTS)


def count_nights(leaving, most):
    """Return how many nights it takes; without a limit it is one.

    >>> count_nights(0, 50), count_nights(50, 50), count_nights(51, 50)
    (0, 1, 2)
    >>> count_nights(51, 0)
    1
    """
    if not leaving or not most:
        return min(leaving, 1)
    return ceil(leaving / most)
