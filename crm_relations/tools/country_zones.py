"""On whose clock somebody lives: by the country, and by the telephone number where a
country has several clocks. Plain functions.

Odoo gives a contact the time zone of whoever enters it: who lives in Tokyo and was
entered in Berlin would get text messages at night.
"""

from collections import Counter
from datetime import datetime
from functools import lru_cache

import phonenumbers
import pytz

from .time_zones import get_offset, to_seconds

# In winter and in summer: zones that agree on both show the same.
MOMENTS = tuple(to_seconds(datetime(2026, month, 1)) for month in (1, 7))


def get_zone_of(country_code, number, known):
    """Return the zone in which somebody is taken to live: what is known, if it is a
    clock of the country, or of the area of the number; else that of most places there.

    >>> get_zone_of("JP", "", "Europe/Berlin"), get_zone_of("AT", "", "Europe/Berlin")
    ('Asia/Tokyo', 'Europe/Berlin')
    >>> get_zone_of("US", "+14155552671", "America/New_York")
    'America/Los_Angeles'

    :param country_code: such as "JP", or empty
    :param number: in E.164, or empty
    :param known: name of a zone, or empty
    """
    clocks = _get_clocks_called(country_code, number)
    is_zone = known in pytz.all_timezones_set
    if not clocks or is_zone and _get_clock(known) in clocks.values():
        return known
    [(most, _count)] = Counter(clocks.values()).most_common(1)
    return next(zone for zone, clock in clocks.items() if clock == most)


@lru_cache(maxsize=300)
def has_several_clocks(country_code):
    """Return whether a number of the country tells more than the country.

    >>> has_several_clocks("US"), has_several_clocks("JP")
    (True, False)
    """
    return len(set(_get_clocks(country_code).values())) > 1


def _get_clocks_called(country_code, number):
    """Return the clocks of the area of a number, or without one all of the country."""
    clocks = _get_clocks(country_code)
    if not (number and has_several_clocks(country_code)):
        return clocks
    called = _get_zones_called(country_code, number)
    return {zone: clocks[zone] for zone in clocks if zone in called} or clocks


def _get_zones_called(country_code, number):
    """Return the zones in which a number of the country may be."""
    # 4 MB of memory: only where a country has several clocks.
    from phonenumbers.timezone import (  # noqa: PLC0415
        time_zones_for_geographical_number,
    )

    code = phonenumbers.country_code_for_region(country_code)
    rest = number.removeprefix(f"+{code}")
    if rest == number or not rest.isdigit():
        return ()
    # By its first digits: to parse it would take three times as long.
    called = phonenumbers.PhoneNumber(country_code=code, national_number=int(rest))
    return time_zones_for_geographical_number(called)


@lru_cache(maxsize=300)
def _get_clocks(country_code):
    """Return ``{zone: what it shows}`` of a country, the main zone first."""
    zones = pytz.country_timezones.get(country_code or "", ())
    return {zone: _get_clock(zone) for zone in zones}


@lru_cache(maxsize=600)
def _get_clock(zone):
    return tuple(get_offset(zone, moment) for moment in MOMENTS)
