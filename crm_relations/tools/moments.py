"""Dates and times as other programs write them. Plain functions."""

from datetime import date, datetime, timezone

from dateutil.parser import isoparse

from .time_zones import FIRST_YEAR, LAST_YEAR

DATE_LENGTH = len("2026-01-31")


def parse_moment(value):
    """Return the naive UTC datetime, whole seconds, of what stands for a moment.

    :param value: a datetime, a date (its midnight in UTC), or ISO 8601 text; without
        a time zone it is UTC
    :raise ValueError: anything else, or a year before 1900 or after 2998
    """
    moment = _read(value)
    if moment.tzinfo:
        moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise ValueError(value)
    return moment.replace(microsecond=0)


def is_date(value):
    """Return whether ``value`` names a day rather than a moment."""
    if isinstance(value, str):
        return len(value.strip()) <= DATE_LENGTH
    return isinstance(value, date) and not isinstance(value, datetime)


def _read(value):
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, datetime.min.time())
    if isinstance(value, str) and len(value.strip()) >= DATE_LENGTH:
        try:
            return isoparse(value.strip())
        except OverflowError as error:
            raise ValueError(value) from error
    raise ValueError(value)
