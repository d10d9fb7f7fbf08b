"""What care rules promise, in plain loops: when something is due for whom.

Knows nothing of the addon but its words; zones by ``pytz``, months by ``dateutil``.
"""

from datetime import datetime, timedelta

import pytz
from dateutil.relativedelta import relativedelta


def to_utc(day, time_of_day, zone):
    """Return the naive UTC moment at which the clock in ``zone`` shows that time; of
    two that do, the one after the clocks went back."""
    wall = datetime.combine(day, datetime.min.time())
    wall += timedelta(minutes=round(time_of_day * 60))
    local = pytz.timezone(zone).localize(wall, is_dst=False)
    return local.astimezone(pytz.utc).replace(tzinfo=None)


def to_local_day(moment, zone):
    return pytz.utc.localize(moment).astimezone(pytz.timezone(zone)).date()


def choose_zone(*names):
    """Return the first zone that is there: customer, person, salesperson, company."""
    return next(name for name in names if name)


def get_due(rule, zone, day=None, moment=None):
    """Return when the task of an occasion is due.

    :param rule: dict(number, unit, side, time_of_day)
    :param day: of an occasion that is a date
    :param moment: of an event, naive UTC
    """
    sign = -1 if rule["side"] == "before" else 1
    shift = relativedelta(**{rule["unit"]: sign * rule["number"]})
    if rule["unit"] in ("minutes", "hours"):
        start = moment or to_utc(day, rule["time_of_day"], zone)
        return start + shift
    start = day or to_local_day(moment, zone)
    return to_utc(start + shift, rule["time_of_day"], zone)


def is_served(rule, zone, due_at, today, day=None, moment=None):
    """Return whether it is made on ``today`` (the company works in UTC): planned ahead
    so far, caught up so far; what is due before its occasion until the occasion."""
    limit = datetime.combine(
        today - timedelta(days=rule["catch_up"]), datetime.min.time()
    )
    upper = datetime.combine(
        today + timedelta(days=rule["ahead"] + 1), datetime.min.time()
    )
    ends_at = moment or to_utc(day + timedelta(days=1), 0, zone)
    return due_at < upper and (due_at >= limit or ends_at > limit)
