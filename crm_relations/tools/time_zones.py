"""What the clock on the wall shows, counted in whole seconds.

Plain functions. A moment is the number of seconds since the first second of the
year 1, in UTC or on the wall; day number ``d`` of the calendar (``date.toordinal``)
begins on the wall at ``(d - 1) * DAY``.
"""

from bisect import bisect_left
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytz

DAY = 24 * 60 * 60
WEEK = 7 * DAY
# What ends at 23:59 or later lasts until midnight: Odoo writes 23:59:59 for it.
LAST_MINUTE = DAY - 60
FIRST_YEAR, LAST_YEAR = 1900, 2999


def to_seconds(moment):
    """Return the seconds of a naive datetime, fractions cut off."""
    passed = moment - datetime.min
    return passed.days * DAY + passed.seconds


def to_datetime(seconds):
    return datetime.min + timedelta(seconds=seconds)


def to_date(seconds):
    return to_datetime(seconds).date()


END = to_seconds(datetime(LAST_YEAR, 12, 31))


@lru_cache(maxsize=600)
def get_zone(name):
    """Return the zone; pytz knows old names that some systems no longer have.

    The system comes first: pytz knows no change of clocks after 2037.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return pytz.timezone(name)


def get_offset(name, moment):
    """Return by how many seconds the wall is ahead of UTC."""
    utc = to_datetime(moment)
    local = utc.replace(tzinfo=timezone.utc).astimezone(get_zone(name))
    # Not its utcoffset(): where clocks go back, a time that was copied without its
    # fold, as frozen clocks do, tells the offset of the first of two equal times.
    return int((local.replace(tzinfo=None) - utc).total_seconds())


@lru_cache(maxsize=20000)
def get_changes(name, year):
    """Return (moment, offset from then on) for each time the clocks change."""
    found = []
    stop = to_seconds(datetime(year + 1, 1, 1))
    # Two changes within a week, back and forth, have never been made.
    for low in range(to_seconds(datetime(year, 1, 1)), stop, WEEK):
        high = min(low + WEEK, stop)
        before, after = get_offset(name, low), get_offset(name, high)
        if before != after:
            found.append((_find_change(name, low, high, before), after))
    return tuple(found)


def get_stretches(name, start, stop):
    """Yield (start, stop, offset) from moment to moment in which no clock changes."""
    offset = get_offset(name, start)
    for year in range(to_datetime(start).year, to_datetime(stop).year + 1):
        for moment, after in get_changes(name, year):
            if start < moment < stop:
                yield start, moment, offset
                start, offset = moment, after
    yield start, stop, offset


def get_day_start(name, ordinal):
    """Return the first moment at which the wall shows this day or a later one."""
    wall = (ordinal - 1) * DAY
    return next(
        max(start, wall - offset)
        for start, stop, offset in get_stretches(name, wall - 2 * DAY, wall + 2 * DAY)
        if wall - offset < stop
    )


def _find_change(name, low, high, before):
    moments = range(low, high + 1)
    return low + bisect_left(
        moments, True, key=lambda moment: get_offset(name, moment) != before
    )
