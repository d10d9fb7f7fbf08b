"""The hours of a week, or of two in turn, laid on one line. Plain Python."""

from bisect import bisect_right
from itertools import accumulate

from .intervals import merge
from .time_zones import DAY, LAST_MINUTE


class WeekPattern:
    """Hours by weekday, on the wall; moments and day numbers as in ``time_zones``.

    :param weeks: see ``working_time.WorkingTime``
    """

    def __init__(self, weeks):
        self._days = _read_days([hours for week in weeks for hours in week])
        pieces = [
            (day * DAY + start, day * DAY + stop)
            for day, hours in enumerate(self._days)
            for start, stop in hours
        ]
        self._starts = [start for start, stop in pieces]
        self._lengths = [stop - start for start, stop in pieces]
        self._before = [0, *accumulate(self._lengths)]
        self._period = len(self._days) * DAY

    def __bool__(self):
        return bool(self._starts)

    def get_hours(self, ordinal):
        """Return (from, to) in seconds of that day."""
        # Day 1 was a Monday, of the first week.
        return self._days[(ordinal - 1) % len(self._days)]

    def get_hours_like(self, ordinal, weekday):
        """Return the hours of ``weekday`` in the week in which the day lies."""
        return self.get_hours(ordinal - (ordinal - 1) % 7 + weekday)

    def count(self, wall):
        """Return the seconds of these hours from the year 1 until ``wall``."""
        periods, rest = divmod(wall, self._period)
        total = periods * self._before[-1]
        place = bisect_right(self._starts, rest) - 1
        if place >= 0:
            within = min(rest - self._starts[place], self._lengths[place])
            total += self._before[place] + within
        return total


def _read_days(days):
    """Return (from, to) in seconds of each day. Hours that end before they begin go on
    after midnight: the next day has the rest."""
    pieces = [[] for _day in days]
    for number, hours in enumerate(days):
        for start, stop in hours:
            start, stop = _read_second(start), _read_end(stop)
            if start <= stop:
                pieces[number].append((start, stop))
            else:
                pieces[number].append((start, DAY))
                pieces[(number + 1) % len(days)].append((0, stop))
    return [tuple(merge(day)) for day in pieces]


def _read_second(hour):
    return min(max(round(hour * 3600), 0), DAY)


def _read_end(hour):
    # Who cannot or will not write 24:00 writes 23:59 for it.
    second = _read_second(hour)
    return DAY if second >= LAST_MINUTE else second
