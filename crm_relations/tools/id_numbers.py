"""Whether an identity number can be one of its country, by python-stdnum."""

from pathlib import Path

import stdnum
from stdnum import numdb
from stdnum.cn import ric
from stdnum.exceptions import ValidationError
from stdnum.util import get_cc_module

CHINESE_PLACES = "cn/loc"


def is_plausible(number, country_code):
    """Return False when the number breaks the rules of its country.

    A country without known rules, or no country, takes every number.
    """
    checker = _get_checker(country_code)
    if not checker:
        return True
    try:
        checker.validate(number)
    except ValidationError:
        return False
    return True


def _get_checker(country_code):
    if not country_code:
        return None
    if country_code == "CN":  # filed by python-stdnum under its own name only
        _load_chinese_places()
        return ric
    return get_cc_module(country_code, "personalid")


def _load_chinese_places():
    """Odoo 19 loads ``stdnum`` by an import hook whose loader knows no resources, so
    the library does not find its own table: hand it over as a plain file."""
    if CHINESE_PLACES not in numdb._open_databases:
        path = Path(stdnum.__path__[0], f"{CHINESE_PLACES}.dat")
        with path.open(encoding="utf-8") as lines:
            numdb._open_databases[CHINESE_PLACES] = numdb.read(lines)
