"""Positions on the Earth: distances, boxes to search in, and China's shifted datum.

Latitudes and longitudes are degrees, lengths metres. Distances are those on a sphere,
within 0.6 % of those on the ellipsoid.

GCJ-02 is the datum that maps of mainland China are bound to use. Its formula has not
been published officially; this is the one that all open converters share. It is exact
to centimetres against each other, and to some metres against the official one.
"""

from math import asin, cos, degrees, pi, radians, sin, sqrt

EARTH_RADIUS_M = 6371008.8  # mean radius of the WGS-84 ellipsoid (IUGG R1)
FARTHEST_M = pi * EARTH_RADIUS_M
WGS84 = "WGS84"
GCJ02 = "GCJ02"
DATUMS = (WGS84, GCJ02)

# The ellipsoid of Krasovsky 1940, on which the shift is computed.
SHIFT_AXIS_M = 6378245.0
SHIFT_ECCENTRICITY = 0.00669342162296594323
SHIFTED_LATITUDES = (0.8293, 55.8271)
SHIFTED_LONGITUDES = (72.004, 137.8347)
INVERSE_TOLERANCE = 1e-10
INVERSE_STEPS = 30
# Some centimetres, so that rounding never loses what lies on the edge of a box.
MARGIN = 1e-6


def is_position(latitude, longitude):
    """Tell whether both are numbers on the globe; (0, 0) is a place as any other."""
    return all(
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and -limit <= value <= limit
        for value, limit in ((latitude, 90), (longitude, 180))
    )


def to_wgs84(latitude, longitude, datum=WGS84):
    """Return the WGS-84 latitude and longitude of a position given in ``datum``."""
    if datum not in DATUMS:
        raise ValueError(datum)
    if datum == GCJ02:
        return wgs84_from_gcj02(latitude, longitude)
    return latitude, longitude


def gcj02_from_wgs84(latitude, longitude):
    """Return GCJ-02 for WGS-84; outside China both are the same."""
    shift = _shift(latitude, longitude)
    return latitude + shift[0], longitude + shift[1]


def wgs84_from_gcj02(latitude, longitude):
    """Return WGS-84 for GCJ-02, the inverse found step by step, to about 0.01 mm."""
    found = latitude, longitude
    for _step in range(INVERSE_STEPS):
        shift = _shift(*found)
        better = latitude - shift[0], longitude - shift[1]
        change = max(abs(better[0] - found[0]), abs(better[1] - found[1]))
        found = better
        if change < INVERSE_TOLERANCE:
            break
    return found


def _shift(latitude, longitude):
    south, north = SHIFTED_LATITUDES
    west, east = SHIFTED_LONGITUDES
    if not (south <= latitude <= north and west <= longitude <= east):
        return 0.0, 0.0
    x, y = longitude - 105.0, latitude - 35.0
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y
    north_m += 0.2 * sqrt(abs(x)) + _wave(6 * x, 20) + _wave(2 * x, 20)
    north_m += _wave(y, 20) + _wave(y / 3, 40) + _wave(y / 12, 160) + _wave(y / 30, 320)
    east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east_m += _wave(6 * x, 20) + _wave(2 * x, 20)
    east_m += _wave(x, 20) + _wave(x / 3, 40) + _wave(x / 12, 150) + _wave(x / 30, 300)
    angle = radians(latitude)
    flat = 1 - SHIFT_ECCENTRICITY * sin(angle) ** 2
    meridian = SHIFT_AXIS_M * (1 - SHIFT_ECCENTRICITY) / (flat * sqrt(flat))
    parallel = SHIFT_AXIS_M / sqrt(flat) * cos(angle)
    return degrees(north_m / meridian), degrees(east_m / parallel)


def _wave(half_turns, height):
    return height * 2.0 / 3.0 * sin(half_turns * pi)


def distance_m(latitude, longitude, other_latitude, other_longitude):
    """Return the great circle between two WGS-84 positions (haversine)."""
    half_height = sin(radians(other_latitude - latitude) / 2)
    half_width = sin(radians(other_longitude - longitude) / 2)
    chord = half_height**2 + half_width**2 * cos(radians(latitude)) * cos(
        radians(other_latitude)
    )
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(chord)))


def bounding_boxes(latitude, longitude, radius_m):
    """Return one or two ``(south, west, north, east)`` that hold the whole circle.

    Two where it crosses the antimeridian; all longitudes where it holds a pole.
    """
    angle = min(radius_m / EARTH_RADIUS_M, pi)
    south = latitude - degrees(angle) - MARGIN
    north = latitude + degrees(angle) + MARGIN
    if south <= -90 or north >= 90:
        return [(max(south, -90.0), -180.0, min(north, 90.0), 180.0)]
    # The meridian touches the circle north of its centre, hence not just angle / cos.
    width = degrees(asin(min(1.0, sin(angle) / cos(radians(latitude))))) + MARGIN
    west, east = longitude - width, longitude + width
    if west <= -180:
        return [(south, west + 360, north, 180.0), (south, -180.0, north, east)]
    if east >= 180:
        return [(south, west, north, 180.0), (south, -180.0, north, east - 360)]
    return [(south, west, north, east)]
