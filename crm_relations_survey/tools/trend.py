"""Where the points of a line over months lie: for paper, where no script draws.

Plain functions; x goes to the right, y down.
"""

from math import ceil, floor, log10

# How far the marks of the scale may lie apart, times a power of ten.
STEPS = (1, 2, 5, 10)
MARKS = 4


def get_scale(values):
    """Return the marks of a scale that holds these values: round numbers, the lowest
    first; none without values.

    >>> get_scale([812.5, None, 874.1])
    [800.0, 820.0, 840.0, 860.0, 880.0]
    >>> get_scale([50]), get_scale([None])
    ([49.5, 50.0, 50.5], [])
    """
    known = [value for value in values if value is not None]
    if not known:
        return []
    lowest, highest = min(known), max(known)
    if lowest == highest:
        lowest, highest = lowest - 0.5, highest + 0.5
    step = _get_step((highest - lowest) / MARKS)
    first, last = floor(lowest / step), ceil(highest / step)
    return [_round(number * step) for number in range(first, last + 1)]


def _get_step(width):
    power = 10.0 ** floor(log10(width))
    return next(step * power for step in STEPS if step * power >= width * 0.999)


def get_spots(values, marks, box):
    """Return ``(x, y)`` of each value on the scale of ``marks``, None where there is
    none.

    :param box: ``(left, top, width, height)``

    >>> get_spots([0, None, 100], [0, 50, 100], (10, 0, 20, 50))
    [(10.0, 50.0), None, (30.0, 0.0)]
    """
    left, _top, width, _height = box
    step = width / max(len(values) - 1, 1)
    return [
        None
        if value is None
        else (_round(left + place * step), get_height(value, marks, box))
        for place, value in enumerate(values)
    ]


def get_height(value, marks, box):
    """Return the y of a value; what is beyond the scale lies on its edge.

    >>> box = (0, 10, 1, 40)
    >>> get_height(75, [0, 100], box), get_height(900, [0, 100], box)
    (20.0, 10.0)
    """
    _left, top, _width, height = box
    share = (value - marks[0]) / (marks[-1] - marks[0])
    return _round(top + height * (1 - min(max(share, 0), 1)))


def get_lines(spots):
    """Return the lines that join neighbours, as SVG writes them; months without
    answers interrupt them.

    >>> get_lines([(0, 1), (1, 2), None, (3, 4)])
    ['0,1 1,2']
    """
    lines, current = [], []
    for spot in [*spots, None]:
        if spot:
            current.append(spot)
            continue
        if len(current) > 1:
            lines.append(" ".join(f"{x},{y}" for x, y in current))
        current = []
    return lines


def _round(number):
    return round(number, 1) + 0.0
