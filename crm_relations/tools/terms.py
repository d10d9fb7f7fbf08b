"""When a term of so many months ends. Plain functions.

A term ends the day before the day of the same date; where the last month has no such
day, on the last one of that month (sections 187 and 188 of the German Civil Code): what
begins on 31 January or 29 February is as long as what begins the day before.
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

ONE_DAY = timedelta(days=1)


def get_end_of_term(first, months):
    """Return the last day of a term that begins on the day ``first``.

    >>> from datetime import date
    >>> get_end_of_term(date(2026, 3, 2), 12), get_end_of_term(date(2028, 2, 29), 12)
    (datetime.date(2027, 3, 1), datetime.date(2029, 2, 28))
    """
    end = first + relativedelta(months=months)
    return end if end.day < first.day else end - ONE_DAY


def get_length(first, last):
    """Return the time from ``first`` to the day after ``last`` as a relativedelta:
    whole months where it is a term of so many.

    >>> from datetime import date
    >>> get_length(date(2028, 2, 29), date(2029, 2, 28)).normalized()
    relativedelta(years=+1)
    """
    length = relativedelta(last + ONE_DAY, first)
    months = 12 * length.years + length.months
    if get_end_of_term(first, months) == last:
        return relativedelta(months=months)
    return length
