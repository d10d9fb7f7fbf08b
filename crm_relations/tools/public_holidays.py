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

from .holiday_places import find_part

CHINA = "CN"
# A make-up day is near the day off that it makes up for.
NEAR = timedelta(days=31)
# How `holidays` names what `chinesecalendar` names otherwise.
CHINESE_NAMES = {
    "Chinese New Year": "Spring Festival",
    "Tomb-Sweeping Day": "Tomb-sweeping Day",
    "Labor Day": "Labour Day",
    "Mid-Autumn Festival": "Mid-autumn Festival",
    "清明节": "Tomb-sweeping Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-autumn Festival",
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "劳动节": "Labour Day",
    "国庆节": "National Day",
    "清明": "Tomb-sweeping Day",
    "端午": "Dragon Boat Festival",
    "中秋": "Mid-autumn Festival",
}


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
    part = find_part(country, code.removeprefix(f"{country}-"))
    if part in known.subdivisions:
        return part
    return known.subdivisions_aliases.get(name)


def has_parts(country, year):
    """Return whether days off of that year are not the same all over the country."""
    known = holidays.country_holidays(country)
    everywhere = set(get_holidays(country, year))
    return any(
        set(get_holidays(country, year, part)) != everywhere
        for part in known.subdivisions
    )


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


def find_holidays(country, first, last, only=None):
    """Return ``[(year, name, local name, first day)]`` of the public holidays that
    begin from ``first`` to ``last``, days of one holiday in a row taken as one.

    The year is that of the last day: New Year with its eve is one holiday of the new
    year. A substitute day further away is left out, so that each name comes once a
    year.

    :param only: the name of one holiday, in English or in the country's language
    """
    years = range(first.year - 1, last.year + 2)
    local = _get_plain_holidays(country, years, _get_own_language(country))
    days = sorted(_get_plain_holidays(country, years, "en_US").items())
    found = {}
    for name, begins, ends in _join_days(days):
        own = local.get(begins, name)
        found.setdefault((ends.year, name), (name, own, begins))
    return [
        (year, *holiday)
        for (year, _name), holiday in found.items()
        if first <= holiday[2] <= last and (not only or only in holiday[:2])
    ]


def _join_days(days):
    """Return ``[[name, first day, last day]]`` of holidays that last for days.

    :param days: list of (day, name), rising
    """
    rows = []
    for day, name in days:
        if rows and rows[-1][0] == name and day - rows[-1][2] <= timedelta(days=1):
            rows[-1][2] = day
        else:
            rows.append([name, day, day])
    return rows


def get_holiday_names(country, year, lang="en_US"):
    """Return the names of the holidays by which ``find_holidays`` knows them, those of
    the language given first."""
    own = _get_own_language(country)
    langs = [lang if lang[:2] == own[:2] else "en_US", "en_US", own]
    names = [
        name
        for code in langs
        for _day, name in sorted(_get_plain_holidays(country, [year], code).items())
    ]
    return list(dict.fromkeys(names))


def _get_own_language(country):
    if country == CHINA:
        return "zh_CN"
    known = holidays.country_holidays(country)
    return known.default_language or "en_US"


def _get_plain_holidays(country, years, lang):
    """Return ``{date: name}`` with one name for each holiday, whichever source knows
    the year."""
    return {
        day: _get_plain_name(name, country, lang)
        for year in years
        for day, name in get_holidays(country, year, lang=lang).items()
    }


def _get_plain_name(name, country, lang):
    """Return the name of the holiday without what is said of a substitute day."""
    name = name.split("; ")[0].split(" (")[0]
    if country != CHINA:
        return name
    english = CHINESE_NAMES.get(name, name)
    known = english in {holiday.value for holiday in Holiday}
    return _get_chinese_name(english, lang) if known else name


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
