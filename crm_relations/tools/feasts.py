"""Traditional Chinese feasts, most of them moving by the solar calendar.

Plain functions, no database: our names for the festivals that ``borax`` knows. Lunar
feasts are known from 1900 to 2099, solar terms as well. New Year's Eve is the last day
of the lunar year, whichever its number is.
"""

from datetime import date

from borax.calendars.festivals2 import LunarFestival, TermFestival

from .birthdays import LUNAR_YEARS

NEW_YEAR_EVE = "new_year_eve"
FEASTS = {
    NEW_YEAR_EVE: LunarFestival(day=-1),
    "spring_festival": LunarFestival(month=1, day=1, leap=0),
    "lantern": LunarFestival(month=1, day=15, leap=0),
    "dragon_head": LunarFestival(month=2, day=2, leap=0),
    "dragon_boat": LunarFestival(month=5, day=5, leap=0),
    "qixi": LunarFestival(month=7, day=7, leap=0),
    "ghost": LunarFestival(month=7, day=15, leap=0),
    "mid_autumn": LunarFestival(month=8, day=15, leap=0),
    "double_ninth": LunarFestival(month=9, day=9, leap=0),
    "laba": LunarFestival(month=12, day=8, leap=0),
    "little_new_year": LunarFestival(month=12, day=23, leap=0),
    "pure_brightness": TermFestival("清明"),
    "winter_solstice": TermFestival("冬至"),
}


def get_feast(feast, year):
    """Return the date of a feast in a lunar year, for a solar term in the solar year;
    None in years that are not known."""
    # The eve closes the lunar year before the one that it opens.
    calendar_year = year - 1 if feast == NEW_YEAR_EVE else year
    if calendar_year not in LUNAR_YEARS:
        return None
    day = FEASTS[feast].at(calendar_year)
    return day if isinstance(day, date) else day.to_solar_date()


def get_feasts(feast, first, last):
    """Return ``[(year, date)]`` of a feast from ``first`` to ``last``, both included;
    the year names the occasion once."""
    found = [
        (year, get_feast(feast, year)) for year in range(first.year - 1, last.year + 2)
    ]
    return [(year, day) for year, day in found if day and first <= day <= last]
