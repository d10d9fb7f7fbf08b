"""Public holidays of the world, and the make-up workdays of China.

Plain functions. China's days come from ``chinesecalendar``, which holds what the
State Council has published, each autumn for the next year; in years that it does not
know, only the holidays that the law names are given, by ``holidays``, as for all
other countries.
"""

from datetime import timedelta

import holidays
from chinese_calendar.constants import Holiday, in_lieu_days, workdays
from chinese_calendar.constants import holidays as chinese_holidays

CHINA = "CN"
# A make-up day is near the day off that it makes up for.
NEAR = timedelta(days=31)


def is_supported(country):
    """Return whether the holidays of the country (ISO code) are known."""
    return country in holidays.list_supported_countries()


def get_published_years():
    """Return the first and the last year whose days China has published."""
    return min(chinese_holidays).year, max(chinese_holidays).year


def has_makeup_days(country, year):
    """Return whether make-up workdays of that year are known."""
    first, last = get_published_years()
    return country == CHINA and first <= year <= last


def get_holidays(country, year, subdivision=None, lang="en_US"):
    """Return ``{date: name}`` of the days off.

    :param subdivision: what ``find_subdivision`` gives
    :param lang: code of the language for the names, else English, else the country's
    """
    if has_makeup_days(country, year):
        days = {day: name for day, name in chinese_holidays.items() if day.year == year}
        return {day: _get_chinese_name(name, lang) for day, name in days.items()}
    known = holidays.country_holidays(country)
    found = holidays.country_holidays(
        country,
        subdiv=subdivision,
        years=year,
        # Which days China gives instead is for the State Council to say.
        observed=country != CHINA,
        language=_choose_language(known.supported_languages, lang),
    )
    return {day: name for day, name in found.items() if day.year == year}


def find_subdivision(country, code, name):
    """Return the part of the country as the library names it, None if it knows no
    holidays of its own there.

    :param code: of the state, with or without the country's ("DE-BY", "BY")
    """
    known = holidays.country_holidays(country)
    code = code.removeprefix(f"{country}-")
    if code in known.subdivisions:
        return code
    return known.subdivisions_aliases.get(name)


def get_makeup_days(country, year, lang="en_US"):
    """Return ``{date: (name, weekday)}`` of the make-up workdays; the weekday is that
    of the day off that they make up for."""
    if not has_makeup_days(country, year):
        return {}
    return {
        day: (_get_chinese_name(name, lang), _get_replaced_weekday(day, name))
        for day, name in sorted(workdays.items())
        if day.year == year
    }


def _get_chinese_name(name, lang):
    return Holiday(name).chinese if lang.startswith("zh") else name


def _get_replaced_weekday(day, name):
    """Return the weekday of the day off with the same place in its row, Monday if
    there is none."""
    made_up, instead = (
        sorted(other for other in days if days[other] == name and _is_near(other, day))
        for days in (workdays, in_lieu_days)
    )
    place = made_up.index(day)
    return instead[place].weekday() if place < len(instead) else 0


def _is_near(day, other):
    return abs(day - other) <= NEAR


def _choose_language(supported, lang):
    """Return the code, as the library spells it, or None for the country's own."""
    for start in (lang, lang.split("_")[0], "en"):
        for code in supported:
            if code == start or code.split("_")[0] == start:
                return code
    return None
