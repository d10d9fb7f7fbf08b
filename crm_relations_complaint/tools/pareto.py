"""Which few causes make most of the complaints, as plain numbers.

A Pareto chart has the most frequent first and what is left, "other", last, however
much that is. Its shares are whole tenths of a percent and sum to exactly 100 %.
"""

from typing import NamedTuple

WHOLE = 1000  # tenths of a percent
OTHER = "other"


class Bar(NamedTuple):
    key: object
    count: int
    share: int  # tenths of a percent
    running: int  # the same, with all the bars before it


def get_shares(counts, whole=WHOLE):
    """Share ``whole`` out by these counts, without a rest: the largest remainders are
    rounded up, of equal ones those of the larger count, then the earlier (Hamilton's
    method). Without any count there is nothing to share.

    >>> get_shares([1, 1, 1])
    [334, 333, 333]
    >>> get_shares([2, 1], whole=100), get_shares([0, 0]), get_shares([])
    ([67, 33], [0, 0], [])
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    shares = [count * whole // total for count in counts]
    by_remainder = sorted(
        range(len(counts)),
        key=lambda place: (-(counts[place] * whole % total), -counts[place], place),
    )
    for place in by_remainder[: whole - sum(shares)]:
        shares[place] += 1
    return shares


def get_pareto(counts, most=8, last=()):
    """Return the bars of a chart, at most so many.

    :param counts: ``{key: how many}``; what was never counted has no bar
    :param most: how many bars in all, "other" among them
    :param last: keys that mean "other" themselves, however many they are
    :return: ``[Bar]``, the most frequent first, of equals in the order given; ``OTHER``
        holds what is beyond them and is last

    >>> [(bar.key, bar.count, bar.running) for bar in get_pareto({"a": 1, "b": 3})]
    [('b', 3, 750), ('a', 1, 1000)]
    >>> [bar.key for bar in get_pareto({"a": 9, "b": 3, "c": 2, "d": 1}, most=3)]
    ['a', 'b', 'other']
    >>> [bar.key for bar in get_pareto({"a": 1, "x": 9}, last=["x"])]
    ['a', 'other']
    """
    lines = _get_lines(counts, most, set(last))
    bars, running = [], 0
    shares = get_shares([count for _key, count in lines])
    for (key, count), share in zip(lines, shares, strict=True):
        running += share
        bars.append(Bar(key, count, share, running))
    return bars


def _get_lines(counts, most, last):
    """Return ``[(key, how many)]`` of the bars, what is beyond them at the end."""
    named = [(key, count) for key, count in counts.items() if count and key not in last]
    named.sort(key=lambda line: -line[1])
    rest = sum(count for key, count in counts.items() if key in last)
    room = most - 1 if rest or len(named) > most else most
    rest += sum(count for _key, count in named[room:])
    return [*named[:room], *([(OTHER, rest)] if rest else [])]
