"""The relationship ladder for one customer, as the SQL of all customers decides it."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

CENT = Decimal("0.01")
LOWEST, NEUTRAL = "1", "2"


class Kind(NamedTuple):
    """What a kind of evidence counts: see crm.relationship.evidence.kind."""

    code: str
    points: float
    half_life_days: int = 0
    most_points: float = 0
    reach: str = "5"
    cap: str | bool = False


def weigh(kind, age_days, factor=1):
    """Return what one piece is worth ``age_days`` after its day, to the cent.

    >>> kind = Kind('repeat_order', points=10, half_life_days=30)
    >>> [weigh(kind, days) for days in (0, 30, 60, -5)]
    [Decimal('10.00'), Decimal('5.00'), Decimal('2.50'), Decimal('10.00')]
    """
    worth = Decimal(str(kind.points)) * Decimal(factor)
    if kind.half_life_days:
        faded = float(worth) * 0.5 ** (max(age_days, 0) / kind.half_life_days)
        worth = Decimal(f"{faded:.15g}")
    return worth.quantize(CENT, ROUND_HALF_UP)


def decide(pieces, thresholds):
    """Return the level, "1" to "5", or None without evidence.

    :param pieces: list of (kind, age in days, factor)
    :param thresholds: points that the levels "2" to "5" need, rising

    >>> order, word = Kind('order', 10, reach='4'), Kind('word', 10)
    >>> decide([(order, 0, 1)] * 9, [0, 20, 50, 75])
    '4'
    >>> decide([(order, 0, 1)] * 9 + [(word, 0, 1)], [0, 20, 50, 75])
    '5'
    """
    counted = _count(pieces)
    if not counted:
        return None
    score = sum(counted.values())
    level = LOWEST
    for number, needed in enumerate(thresholds, start=int(NEUTRAL)):
        if score >= needed:
            level = str(number)
    reach = max((k.reach for k in counted if counted[k] > 0), default=NEUTRAL)
    return min([level, reach, *(kind.cap for kind in counted if kind.cap)])


def _count(pieces):
    """Return ``{kind: points}``, no kind with more than it may count."""
    counted = {}
    for kind, age_days, factor in pieces:
        counted[kind] = counted.get(kind, 0) + weigh(kind, age_days, factor)
    for kind, points in counted.items():
        most = Decimal(str(kind.most_points)) or abs(points)
        counted[kind] = max(min(points, most), -most)
    return counted
