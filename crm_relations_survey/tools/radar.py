"""Where the corners of a radar lie: for paper, where no script draws.

Plain functions; angles begin at the top and go clockwise.
"""

from math import cos, pi, sin

HIGHEST = 100


def get_corner(place, count, radius, centre=(0, 0)):
    """Return x and y of the axis number ``place`` of ``count``, ``radius`` out.

    >>> [round(number, 6) for number in get_corner(0, 4, 10)]
    [0.0, -10.0]
    """
    angle = 2 * pi * place / count
    return centre[0] + radius * sin(angle), centre[1] - radius * cos(angle)


def get_lowest(values):
    """Return where the scale of points begins: a little below the lowest of them, since
    they lie close together.

    >>> get_lowest([83, None, 71]), get_lowest([4]), get_lowest([])
    (60, 0, 90)
    """
    lowest = min((value for value in values if value is not None), default=HIGHEST)
    return max(0, 10 * int(lowest // 10) - 10)


def get_polygon(values, lowest, radius, centre=(0, 0)):
    """Return the corners of a line as SVG writes them, on a scale from ``lowest`` to
    100; what has no value is left out, what is beyond lies on the edge.

    >>> get_polygon([100, 50, None, 0], 0, 10)
    '0.0,-10.0 5.0,0.0 0.0,0.0'
    """
    corners = [
        get_corner(
            place,
            len(values),
            radius * min(max((value - lowest) / (HIGHEST - lowest), 0), 1),
            centre,
        )
        for place, value in enumerate(values)
        if value is not None
    ]
    return " ".join(f"{_clean(x)},{_clean(y)}" for x, y in corners)


def get_label(place, count, radius, centre=(0, 0)):
    """Return x, y and ``text-anchor`` of the name of an axis.

    >>> get_label(0, 4, 10)[2], get_label(1, 4, 10)[2], get_label(3, 4, 10)[2]
    ('middle', 'start', 'end')
    """
    x, y = get_corner(place, count, radius, centre)
    side = x - centre[0]
    anchor = "middle"
    if abs(side) > radius / 10:
        anchor = "start" if side > 0 else "end"
    return _clean(x), _clean(y), anchor


def _clean(number):
    return round(number, 1) + 0.0
