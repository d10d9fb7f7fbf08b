"""From an answer to points, from points to the index of a customer."""

from .metrics import weighted_index


def get_points(raw, low, high, is_reversed=False):
    """Return the points of a number between the worst and the best answer; None if it
    lies on neither side of them, or there is no way from one to the other.

    >>> get_points(0, 0, 10), get_points(4, 1, 5), get_points(1, 1, 5, True)
    (0.0, 75.0, 100.0)
    >>> get_points(11, 0, 10) is None, get_points(3, 3, 3) is None
    (True, True)
    """
    if not low <= raw <= high or low == high:
        return None
    points = 100 * (raw - low) / (high - low)
    return 100 - points if is_reversed else points


def get_factor_points(factors, own):
    """Return ``{factor: points}`` of all factors of a tree: their own points or,
    without, the weighted mean of their parts; a factor that nothing is known of is
    missing.

    :param factors: ``{factor: (parent or None, weight)}``, standards left out
    :param own: ``{factor: points}``
    """
    parts = {}
    for factor, (parent, _weight) in factors.items():
        parts.setdefault(parent, []).append(factor)
    points = {}
    for factor in _from_the_leaves(parts):
        found = own.get(factor)
        if found is None:
            found = _get_mean(parts.get(factor, ()), factors, points)
        if found is not None:
            points[factor] = found
    return points


def get_index(factors, own):
    """Return the weighted mean of the factors that are part of no other; None if
    nothing that counts was answered.

    >>> get_index({1: (None, 1), 2: (None, 3), 3: (2, 1)}, {1: 100, 3: 0})
    25.0
    """
    roots = [factor for factor, (parent, _w) in factors.items() if parent is None]
    return _get_mean(roots, factors, get_factor_points(factors, own))


def _get_mean(parts, factors, points):
    return weighted_index(
        [points.get(part) for part in parts], [factors[part][1] for part in parts]
    )


def _from_the_leaves(parts):
    """Return all factors, each behind its parts."""
    ordered, level = [], parts.get(None, [])
    while level:
        ordered.extend(level)
        level = [part for factor in level for part in parts.get(factor, ())]
    return reversed(ordered)


def write_number(answer):
    """Return a number as the text that the public form sends; anything else as it is.

    >>> write_number(0), write_number(7.0), write_number(0.5), write_number(False)
    ('0', '7', '0.5', False)
    """
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return answer
    return f"{answer:.15g}"
