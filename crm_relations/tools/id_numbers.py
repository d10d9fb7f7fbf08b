"""Whether an identity number can be one of its country, by python-stdnum."""

import re

from stdnum.cn import ric
from stdnum.exceptions import ValidationError
from stdnum.util import get_cc_module

CHINESE = re.compile(r"(\d\d)\d{15}[\dX]", re.ASCII)
# By the first two digits: provinces, Taiwan, Hong Kong, Macau, residents from there and
# from abroad. Counties come and go, and a number keeps the one of its day: no table has
# them all.
CHINESE_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54"
    " 61 62 63 64 65 71 81 82 83 91".split()
)


def is_plausible(number, country_code):
    """Return False when the number breaks the rules of its country.

    A country without known rules, or no country, takes every number.

    >>> is_plausible("440524188001010014", "CN"), is_plausible("1" * 18, "CN")
    (True, False)
    """
    if country_code == "CN":  # GB 11643; the library asks for a county as well
        return _is_chinese(ric.compact(number))
    checker = get_cc_module(country_code, "personalid") if country_code else None
    try:
        return not checker or bool(checker.validate(number))
    except ValidationError:
        return False


def _is_chinese(number):
    found = CHINESE.fullmatch(number)
    if not found or found[1] not in CHINESE_PROVINCES:
        return False
    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return ric.calc_check_digit(number) == number[-1]
