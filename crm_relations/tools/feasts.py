"""Traditional Chinese feasts, most of them moving by the solar calendar.

Plain functions, no database. Lunar feasts follow ``lunardate`` (1900 to 2099), New
Year's Eve is the day before Spring Festival. Pure Brightness and Winter Solstice are
solar terms: floor(Y * 0.2422 + C) - floor(Y / 4), Y the last two digits of the year,
C per term and century, a common approximation that is exact from 2000 to 2099 but for
the winter solstice of 2021, a day earlier.
"""

from datetime import date, timedelta

from .birthdays import LUNAR_YEARS, lunar_celebration

# Feast: month and day of the lunar year.
LUNAR_FEASTS = {
    "spring_festival": (1, 1),
    "lantern": (1, 15),
    "dragon_head": (2, 2),
    "dragon_boat": (5, 5),
    "qixi": (7, 7),
    "ghost": (7, 15),
    "mid_autumn": (8, 15),
    "double_ninth": (9, 9),
    "laba": (12, 8),
    "little_new_year": (12, 23),
}
NEW_YEAR_EVE = "new_year_eve"
# Solar term: its month and C in the 21st century.
TERMS = {"pure_brightness": (4, 4.81), "winter_solstice": (12, 21.94)}
TERM_YEARS = range(2000, 2100)
TERM_EXCEPTIONS = {("winter_solstice", 2021): -1}
FEASTS = [NEW_YEAR_EVE, *LUNAR_FEASTS, *TERMS]


def get_feast(feast, year):
    """Return the date of a feast in a lunar year, for a solar term in the solar year;
    None in years that are not known."""
    if feast in TERMS:
        return _get_term(feast, year) if year in TERM_YEARS else None
    if year not in LUNAR_YEARS:
        return None
    if feast == NEW_YEAR_EVE:
        # The eve closes the lunar year before.
        return lunar_celebration(year, 1, 1) - timedelta(days=1)
    return lunar_celebration(year, *LUNAR_FEASTS[feast])


def get_feasts(feast, first, last):
    """Return ``[(year, date)]`` of a feast from ``first`` to ``last``, both included;
    the year names the occasion once."""
    found = [
        (year, get_feast(feast, year)) for year in range(first.year - 1, last.year + 2)
    ]
    return [(year, day) for year, day in found if day and first <= day <= last]


def _get_term(feast, year):
    month, constant = TERMS[feast]
    short = year % 100
    day = int(short * 0.2422 + constant) - short // 4
    return date(year, month, day + TERM_EXCEPTIONS.get((feast, year), 0))
