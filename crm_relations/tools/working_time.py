"""How long people worked, and until when they will have.

Plain Python: a calendar is described by ``WorkingTime`` and knows no database. A
second counts when the clock on the wall shows working hours of that day, nothing is
closed, and no pause is on. From this one sentence all conventions follow:

* time outside the calendar counts nothing, a start before opening counts from
  opening, a start within a pause from its end;
* a deadline is the first moment at which enough has been worked: one that falls on
  closing time stays there;
* pauses count only where people would have worked, and once where they overlap;
* a shift over midnight is two pieces that touch: 22:00 to 24:00 and 0:00 to 6:00;
* when clocks change, a shift is as long as it really lasts.
"""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from .intervals import get_gaps, get_overlap, merge
from .time_zones import (
    DAY,
    END,
    LAST_MINUTE,
    WEEK,
    get_changes,
    get_day_start,
    get_offset,
    get_stretches,
    to_date,
    to_datetime,
    to_seconds,
)
from .week_pattern import WeekPattern


class NoWorkingTime(ValueError):
    """There is not enough working time before the year 3000."""


class NoWorkingHours(NoWorkingTime):
    """The week has no hours at all."""


class WorkingTime:
    """Working hours of a week, or of two in turn, with the days that differ.

    :param tz: name of the time zone in which the hours are meant
    :param weeks: one or two lists of seven days, Monday first; each day is a list of
        (from, to) in hours from 0 to 24; what ends at 23:59 lasts until midnight, what
        ends before it begins goes on after it. Of two weeks, the first is used when
        the number of weeks since the year 1 is even, as Odoo does.
    :param closings: (from, to) in naive UTC. One that covers a whole local day gives
        way to a make-up day, one of some hours does not.
    :param makeup_days: {date: weekday}: this day is worked like that weekday of the
        same week, 0 for Monday, whatever weekday or holiday it is
    """

    def __init__(self, tz, weeks, closings=(), makeup_days=None):
        self.tz = tz
        self._pattern = WeekPattern(weeks)
        self._makeup_days = sorted(
            (day.toordinal(), self._pattern.get_hours_like(day.toordinal(), weekday))
            for day, weekday in (makeup_days or {}).items()
        )
        given = self._read_closings(closings)
        self._all_closings = merge(given)
        self._closings = merge(
            [
                *self._leave_out_makeup_days(self._all_closings),
                *self._get_hours_closed_on_makeup_days(given),
            ]
        )

    def plan(self, start, seconds, pauses=()):
        """Return when ``seconds`` will have been worked since ``start``.

        Zero seconds: ``start``, or when work begins next.

        :param pauses: (from, to) in naive UTC, in any order; ``to`` None: still on
        :return: naive UTC, or None when a pause that is still on comes before
        :raise NoWorkingTime: as the class says
        """
        if not seconds:
            first = self.plan(start, 1, pauses)
            return first and first - timedelta(seconds=1)
        self._check_hours()
        limit = min((to_seconds(a) for a, b in pauses if b is None), default=END)
        closed = self._close_for(pauses)
        for opens, closes in get_gaps(closed, to_seconds(start), limit):
            found, seconds = self._advance(opens, closes, seconds)
            if found is not None:
                return to_datetime(found)
        if limit == END:
            raise NoWorkingTime
        return None

    def plan_back(self, end, seconds):
        """Return the latest moment from which ``seconds`` are worked until ``end``.

        Zero seconds give ``end`` back.

        :raise NoWorkingTime: as ``plan``
        """
        if not seconds:
            return end
        step = 2 * DAY
        early = to_seconds(end) - step
        while self.plan(to_datetime(early), seconds) > end:
            step *= 2
            early -= step
            if early < 0:
                raise NoWorkingTime
        late = to_seconds(end)
        while late - early > 1:
            middle = (early + late) // 2
            if self.plan(to_datetime(middle), seconds) > end:
                late = middle
            else:
                early = middle
        return to_datetime(early)

    def elapsed(self, start, end, pauses=()):
        """Return the seconds worked from ``start`` to ``end``, both naive UTC."""
        self._check_hours()
        closed = self._close_for(pauses)
        gaps = get_gaps(closed, to_seconds(start), to_seconds(end))
        return sum(self._count(opens, closes) for opens, closes in gaps)

    def plan_workdays(self, start, days):
        """Return the date on which the ``days``-th working day after ``start`` is.

        :raise NoWorkingTime: as ``plan``
        """
        self._check_hours()
        if not days:
            return start
        first = start + timedelta(days=1)
        while first.year < to_date(END).year:
            last = first + timedelta(days=365)
            found = self.get_workdays(first, last)
            if len(found) >= days:
                return found[days - 1]
            days -= len(found)
            first = last + timedelta(days=1)
        raise NoWorkingTime

    def get_workdays(self, first, last, absences=()):
        """Return the dates from ``first`` to ``last`` with any working time.

        :param absences: (from, to) in naive UTC in which one person is away; unlike
            closings they do not give way to make-up days
        """
        closed = self._closings
        if absences:
            closed = merge([*closed, *self._read_closings(absences)])
        begin, end = first.toordinal(), last.toordinal()
        special, off = self._get_special_days(closed, begin, end)
        return [
            date.fromordinal(day)
            for day in range(begin, end + 1)
            if day not in off
            and (
                self._works_on(day, closed)
                if day in special
                else self._pattern.get_hours(day)
            )
        ]

    def get_local_date(self, moment):
        """Return the date that people have at this naive UTC moment."""
        return to_date(self._to_wall(to_seconds(moment)))

    def get_day_bounds(self, day):
        """Return the naive UTC (from, to) of a whole local day."""
        ordinal = day.toordinal()
        return tuple(
            to_datetime(get_day_start(self.tz, number))
            for number in (ordinal, ordinal + 1)
        )

    def is_closed(self, day):
        """Return whether one closing, or several in a row, take the whole day; also
        where a make-up day wins over it."""
        return self._find_closing(self._all_closings, day.toordinal()) is not None

    def _check_hours(self):
        if not self._pattern:
            raise NoWorkingHours

    def _to_wall(self, moment):
        return moment + get_offset(self.tz, moment)

    def _leave_out_makeup_days(self, closings):
        closed = list(closings)
        for ordinal, _hours in self._makeup_days:
            place = self._find_closing(closed, ordinal)
            if place is not None:
                start, end = closed[place]
                first, last = (get_day_start(self.tz, ordinal + n) for n in (0, 1))
                parts = [(start, first), (last, end)]
                closed[place : place + 1] = [(a, b) for a, b in parts if a < b]
        return closed

    def _get_hours_closed_on_makeup_days(self, closings):
        """Return what closings of some hours take of make-up days that are holidays: a
        holiday gives way, they do not, though both may have been one when merged."""
        found = []
        for ordinal, _hours in self._makeup_days:
            day = get_day_start(self.tz, ordinal), get_day_start(self.tz, ordinal + 1)
            whole, parts = _sort_closings(closings, *day)
            found += parts if whole else []
        return found

    def _read_closings(self, closings):
        return [
            (to_seconds(start), self._round_end(to_seconds(end)))
            for start, end in closings
        ]

    def _round_end(self, moment):
        second = self._to_wall(moment) % DAY
        return moment + DAY - second if second >= LAST_MINUTE else moment

    def _find_closing(self, closed, ordinal):
        """Return the place in ``closed`` of the closing that covers the day."""
        first, last = (get_day_start(self.tz, ordinal + n) for n in (0, 1))
        place = bisect_right(closed, (first, END * 2)) - 1
        if place >= 0 and closed[place][1] >= last:
            return place
        return None

    def _close_for(self, pauses):
        if not pauses:
            return self._closings
        pauses = [
            (to_seconds(start), END if end is None else to_seconds(end))
            for start, end in pauses
        ]
        return merge([*self._closings, *pauses])

    def _get_special_days(self, closed, begin, end):
        """Return the day numbers that the weekly pattern alone does not decide, and
        those that lie within a closing."""
        special = {ordinal for ordinal, _hours in self._makeup_days}
        off = set()
        start, stop = (begin - 2) * DAY, (end + 2) * DAY
        for opens, closes in closed:
            if opens < stop and closes > start:
                first = self._to_wall(max(opens, start)) // DAY + 1
                last = self._to_wall(min(closes, stop) - 1) // DAY + 1
                special.update((first, last))
                off.update(range(first + 1, last))
        for year in range(to_datetime(start).year, to_datetime(stop).year + 1):
            for moment, after in get_changes(self.tz, year):
                day = (moment + after) // DAY + 1
                special.update((day - 1, day))
        return special, off

    def _works_on(self, ordinal, closed):
        first, last = (get_day_start(self.tz, ordinal + n) for n in (0, 1))
        place = max(bisect_right(closed, (first, 0)) - 1, 0)
        gaps = get_gaps(closed[place:], first, last)
        return any(self._count(opens, closes) for opens, closes in gaps)

    def _advance(self, opens, closes, seconds):
        """Look for the end of ``seconds`` from ``opens`` on.

        :return: the moment, and what is left to work if it is None
        """
        span = 2 * WEEK + 2 * seconds
        while opens < closes:
            stop = min(opens + span, closes)
            worked = self._count(opens, stop)
            if worked >= seconds:
                moments = range(opens, stop + 1)
                start = opens
                place = bisect_left(
                    moments, seconds, key=lambda moment: self._count(start, moment)
                )
                return moments[place], 0
            seconds -= worked
            opens, span = stop, span * 2
        return None, seconds

    def _count(self, start, stop):
        """Return the seconds of working hours, closings left out of account."""
        return sum(
            self._count_on_wall(first + offset, last + offset)
            for first, last, offset in get_stretches(self.tz, start, stop)
        )

    def _count_on_wall(self, start, stop):
        total = self._pattern.count(stop) - self._pattern.count(start)
        # Of the make-up days only those between: each puts other hours in place.
        first = bisect_left(self._makeup_days, (start // DAY + 1,))
        for ordinal, hours in self._makeup_days[first:]:
            wall = (ordinal - 1) * DAY
            if wall >= stop:
                break
            begin, end = max(start - wall, 0), min(stop - wall, DAY)
            total += get_overlap(hours, begin, end)
            total -= get_overlap(self._pattern.get_hours(ordinal), begin, end)
        return total


def _sort_closings(closings, first, last):
    """Return those of these closings that hold all of a time, and what the others take
    of it."""
    whole = [(a, b) for a, b in closings if a <= first and b >= last]
    return whole, [
        (max(a, first), min(b, last))
        for a, b in closings
        if (a, b) not in whole and a < last and b > first
    ]
