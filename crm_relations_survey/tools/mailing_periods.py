"""What a report that leaves on a day is about, and when the next one leaves.

Plain functions. A report is about the whole day, week (from Monday on) or month that
has ended last.
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

DAY, WEEK, MONTH = "day", "week", "month"
LENGTHS = {
    DAY: relativedelta(days=1),
    WEEK: relativedelta(weeks=1),
    MONTH: relativedelta(months=1),
}


def get_start(period, day):
    """Return the first day of the period in which ``day`` lies.

    >>> from datetime import date
    >>> get_start("week", date(2026, 3, 1)), get_start("month", date(2026, 3, 31))
    (datetime.date(2026, 2, 23), datetime.date(2026, 3, 1))
    """
    if period == WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == MONTH else day


def get_last_span(period, day, back=0):
    """Return the first and the last day of the last whole period before ``day``, or of
    one so many periods earlier.

    >>> from datetime import date
    >>> get_last_span("month", date(2026, 3, 31))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    start = get_start(period, day)
    first = start - (back + 1) * LENGTHS[period]
    return first, start - back * LENGTHS[period] - timedelta(days=1)


def get_next_day(period, day):
    """Return when the report after that of ``day`` leaves: on the first day of the next
    period.

    >>> from datetime import date
    >>> get_next_day("month", date(2026, 1, 31)), get_next_day("day", date(2026, 1, 31))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 1))
    """
    return get_start(period, day) + LENGTHS[period]
