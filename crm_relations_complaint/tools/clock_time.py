"""When a clock of a complaint runs out, and how much of it has been used.

Plain Python on ``WorkingTime``. What counts is said there; of clocks it follows:

* a clock is late if it is stopped after its deadline; at the deadline is in time;
* the deadline is the first moment at which the target has been worked since the start,
  pauses left out, however many there are and however they overlap;
* a target in working days is due when work ends on that day; the day of the start does
  not count, nor the working days that begin while a pause is on; what would be due
  during a pause is due when work ends next after it;
* a target in calendar days is due at the end of that day by the clock on the wall,
  worked or not; one that must end on a working day waits for the next. Pauses count
  for it as for working days;
* a target in months is due at the end of the day with the same date, where the month
  has none, of its last day; so article 3 of Regulation 1182/71 and article 202 of the
  Civil Code of China. Each day of a pause puts it off by one;
* where it is said so, what starts after hours counts in days and months as if it had
  started when work begins next;
* while a pause is on the deadline is not known, unless it was reached before.
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.addons.crm_relations.tools.working_time import NoWorkingTime, WorkingTime

SECOND = timedelta(seconds=1)
ONE_DAY = timedelta(days=1)
MINUTE, HOUR, DAY, ANY_HOUR = "minute", "hour", "day", "any_hour"
ANY_DAY, ANY_DAY_OPEN = "any_day", "any_day_open"
ANY_MONTH, ANY_MONTH_OPEN = "any_month", "any_month_open"
MONTHS = ANY_MONTH, ANY_MONTH_OPEN
OPEN = ANY_DAY_OPEN, ANY_MONTH_OPEN
# Due with the end of a day, worked or not.
CALENDAR_DAYS = ANY_DAY, ANY_DAY_OPEN, *MONTHS
SECONDS = {MINUTE: 60, HOUR: 3600, ANY_HOUR: 3600}
# Who has no calendar, and hours that count day and night.
EVERY_DAY = [[[(0, 24)]] * 7]
ALWAYS = WorkingTime("UTC", EVERY_DAY)


class ClockTime:
    """What clocks of one calendar need to know; moments are naive UTC.

    :param working_time: a ``WorkingTime``, or None: day and night
    """

    def __init__(self, working_time=None):
        self._working_time = working_time or ALWAYS
        self._every_day = WorkingTime(self._working_time.tz, EVERY_DAY)
        self._planned = {}

    def plan(self, start, amount, unit, pauses=(), from_opening=False):
        """Return the deadline; None while a pause is on, or where nobody works.

        :param pauses: (from, to) in any order; ``to`` None: still on
        :param from_opening: what starts after hours has its days from the opening
        """
        if from_opening and unit in (DAY, *CALENDAR_DAYS):
            start = self.get_quiet_moment(start)
        key = (start, amount, unit, tuple(map(tuple, pauses)))
        if key not in self._planned:
            try:
                self._planned[key] = self._plan(*key)
            except NoWorkingTime:
                self._planned[key] = None
        return self._planned[key]

    def get_used(self, start, stop, unit, pauses=()):
        """Return the minutes used from ``start`` to ``stop``."""
        try:
            seconds = self._get_time(unit).elapsed(start, stop, pauses)
        except NoWorkingTime:
            return 0.0
        return seconds / 60

    def get_over(self, deadline, stop, unit, pauses=()):
        """Return by how many minutes ``stop`` is after the deadline, below zero before
        it."""
        if stop > deadline:
            return self.get_used(deadline, stop, unit, pauses)
        return -self.get_used(stop, deadline, unit, pauses)

    def count_days(self, moment, deadline, unit=DAY):
        """Return how many working days begin between a moment and a deadline, local
        days, whichever comes first; of a clock in calendar days, how many end."""
        start, end = sorted((moment, deadline))
        if unit in CALENDAR_DAYS and start == moment:
            # The deadline is the midnight after its day.
            start, end = start - SECOND, end - SECOND
        first, last = map(self._working_time.get_local_date, (start, end))
        try:
            return len(self._get_days(unit).get_workdays(first + ONE_DAY, last))
        except NoWorkingTime:
            return 0

    def get_moment(self, start, deadline, minutes, unit, pauses=()):
        """Return the moment so many minutes after the deadline, below zero before it.

        None where that is not after the start, or a pause comes before.
        """
        # Who is told in calendar days is told while people work, before it is over.
        time = self._working_time if unit in CALENDAR_DAYS else self._get_time(unit)
        try:
            if minutes > 0:
                return time.plan(deadline, minutes * 60, pauses)
            if minutes == 0:
                return deadline
            left = time.elapsed(start, deadline, pauses) + minutes * 60
            return time.plan(start, left, pauses) if left > 0 else None
        except NoWorkingTime:
            return None

    def get_working_moment(self, moment):
        """Return the moment if somebody works then, else when work begins next."""
        try:
            return self._working_time.plan(moment, 0)
        except NoWorkingTime:
            return moment

    def get_quiet_moment(self, moment):
        """Return the moment, if work goes on until it at least, else when work begins
        next: at closing time people are still told."""
        try:
            if self._working_time.elapsed(moment - SECOND, moment):
                return moment
        except NoWorkingTime:
            return moment
        return self.get_working_moment(moment)

    def _get_time(self, unit):
        return ALWAYS if unit in (ANY_HOUR, *CALENDAR_DAYS) else self._working_time

    def _get_days(self, unit):
        """Return the calendar whose days are counted."""
        return self._every_day if unit in CALENDAR_DAYS else self._working_time

    def _plan(self, start, amount, unit, pauses):
        if unit in (DAY, *CALENDAR_DAYS):
            return self._plan_days(start, round(amount), unit, pauses)
        seconds = round(amount * SECONDS[unit])
        return self._get_time(unit).plan(start, seconds, pauses)

    def _plan_days(self, start, days, unit, pauses):
        time = self._get_days(unit)
        first = time.get_local_date(start)
        more = 0  # days on which it stood still
        deadline = self._get_close(self._get_last_day(first, days, unit), unit)
        for begin, end in _merge(pauses, start):
            if begin >= deadline:
                break
            if end is None:
                return None
            begun, ended = map(time.get_local_date, (begin, end))
            more += len(time.get_workdays(begun + ONE_DAY, ended))
            deadline = self._get_close(
                self._get_last_day(first, days, unit, more), unit
            )
            if deadline <= end:
                more += 1
                last = self._get_last_day(first, days, unit, more)
                deadline = self._get_close(last, unit)
        return deadline

    def _get_last_day(self, first, amount, unit, more=0):
        """Return the last day of a target that began on the day ``first``.

        :param more: days on which it stood still
        """
        if unit in MONTHS:
            return first + relativedelta(months=amount, days=more)
        return self._get_days(unit).plan_workdays(first, amount + more)

    def _get_close(self, day, unit):
        """Return when a day is over: when work ends, or with a calendar day."""
        if unit in OPEN:
            day = self._working_time.plan_workdays(day - ONE_DAY, 1)
        opens, closes = self._working_time.get_day_bounds(day)
        if unit in CALENDAR_DAYS:
            return closes
        worked = self._working_time.elapsed(opens, closes)
        return self._working_time.plan(opens, worked)


def _merge(pauses, start):
    """Return the pauses since ``start`` in order, those that overlap made one."""
    merged = []
    for begin, end in sorted(pauses, key=lambda pause: pause[0]):
        begin = max(begin, start)
        if end is not None and end <= begin:
            continue
        if merged and (merged[-1][1] is None or begin <= merged[-1][1]):
            last = merged[-1][1]
            joined = None if None in (last, end) else max(last, end)
            merged[-1] = (merged[-1][0], joined)
        else:
            merged.append((begin, end))
    return merged
