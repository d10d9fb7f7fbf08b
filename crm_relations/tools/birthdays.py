"""On which day a birthday is celebrated, by the solar or the lunar calendar.

Plain functions, no database. Rules for the days that a year lacks:

* solar February 29 is celebrated on February 28 or on March 1, as chosen;
* the 30th of a lunar month of 29 days is celebrated on the 29th;
* a birthday in a leap month falls in the plain month of that number in years
  without that leap month, and one in a plain month never falls in the leap month.

So every birthday comes exactly once in every solar, or lunar, year. Lunar dates
follow ``borax`` (1900 to 2099).
"""

from calendar import isleap
from datetime import date

from borax.calendars import LCalendars, LunarDate

SOLAR, LUNAR = "solar", "lunar"
FEBRUARY_28, MARCH_1 = "february_28", "march_1"
LUNAR_YEARS = range(1900, 2100)


def solar_celebration(year, month, day, leap_day=FEBRUARY_28):
    """Return the date in ``year`` on which a solar birthday is celebrated."""
    if (month, day) == (2, 29) and not isleap(year):
        return date(year, 2, 28) if leap_day == FEBRUARY_28 else date(year, 3, 1)
    return date(year, month, day)


def lunar_celebration(year, month, day, in_leap_month=False):
    """Return the solar date on which a lunar birthday is celebrated in the lunar
    ``year``; ValueError outside 1900 to 2099."""
    leap = in_leap_month and LCalendars.leap_month(year) == month
    day = min(day, lunar_month_length(year, month, leap))
    return LunarDate(year, month, day, int(leap)).to_solar_date()


def lunar_month_length(year, month, leap=False):
    """Return 29 or 30, the days of a lunar month."""
    return LCalendars.ndays(year, month, int(leap))


def celebrated_on(day, leap_day=FEBRUARY_28):
    """Return the birthdays celebrated on ``day``.

    :return: list of (calendar, month, day, in leap month, year of the occasion);
        the year is the solar or the lunar one, so that it names an occasion once
    """
    return _solar_celebrated_on(day, leap_day) + _lunar_celebrated_on(day)


def next_celebration(calendar, month, day, in_leap_month, today, leap_day=FEBRUARY_28):
    """Return the first celebration on or after ``today``, None out of range."""
    if calendar == SOLAR:
        dates = [
            solar_celebration(today.year + shift, month, day, leap_day)
            for shift in (0, 1)
        ]
    else:
        years = [today.year + shift for shift in (-1, 0, 1)]
        dates = [
            lunar_celebration(year, month, day, in_leap_month)
            for year in years
            if year in LUNAR_YEARS
        ]
    return min((found for found in dates if found >= today), default=None)


def _solar_celebrated_on(day, leap_day):
    found = [(SOLAR, day.month, day.day, False, day.year)]
    missing = date(day.year, 2, 28) if leap_day == FEBRUARY_28 else date(day.year, 3, 1)
    if not isleap(day.year) and day == missing:
        found.append((SOLAR, 2, 29, False, day.year))
    return found


def _lunar_celebrated_on(day):
    try:
        lunar = LunarDate.from_solar(day)
    except ValueError:
        return []
    if lunar.year not in LUNAR_YEARS:
        return []
    year, month = lunar.year, lunar.month
    days = [lunar.day]
    if lunar.day == 29 == lunar_month_length(year, month, lunar.leap):
        days.append(30)
    has_leap = LCalendars.leap_month(year) == month
    leaps = [True] if lunar.leap else [False] + [True] * (not has_leap)
    return [(LUNAR, month, number, leap, year) for leap in leaps for number in days]
