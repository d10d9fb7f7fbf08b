"""Days, weeks and months for which somebody reports, and when a report is due.

Plain functions: a person is described by the days on which he or she works.
"""

from bisect import bisect_right
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"
LENGTHS = {
    DAILY: relativedelta(days=1),
    WEEKLY: relativedelta(weeks=1),
    MONTHLY: relativedelta(months=1),
}
# How far back reports are asked for, however long ago a duty began.
LONGEST_BACK = {
    DAILY: timedelta(days=92),
    WEEKLY: timedelta(weeks=26),
    MONTHLY: timedelta(days=731),
}


def get_period(kind, day):
    """Return the first and the last day of the period in which ``day`` lies."""
    start = day
    if kind == WEEKLY:
        start = day - timedelta(days=day.weekday())
    elif kind == MONTHLY:
        start = day.replace(day=1)
    if start > date.max - timedelta(days=31):  # the end of the calendar
        return start, date.max
    return start, start + LENGTHS[kind] - timedelta(days=1)


def get_periods(kind, first, last):
    """Return ``[(first day, last day)]`` of the periods that touch these days."""
    periods = []
    start, end = get_period(kind, first)
    while start <= last:
        periods.append((start, end))
        start, end = get_period(kind, end + timedelta(days=1))
    return periods


def get_due_day(workdays, start, end, days_after):
    """Return the day on which the report of a period is due; None where nothing is
    asked: no day of the period is worked.

    :param workdays: sorted days on which the person works, those after ``end``
        included as far as one may have to look
    :param days_after: so many working days after the last day of the period; 0: on
        the last working day within it
    """
    within = [day for day in workdays if start <= day <= end]
    if not within or not days_after:
        return within[-1] if within else None
    place = bisect_right(workdays, end) + days_after - 1
    return workdays[place] if place < len(workdays) else None
