"""Values of fields as texts that say the same to everybody: keys, ids, ISO dates."""

from datetime import date, datetime
from math import isfinite

from .moments import parse_moment


class NoValue(ValueError):
    """The text stands for no value of this type."""


def write_text(kind, value):
    """Return the text of what a field of this type holds; "" for nothing."""
    if not value:
        return ""
    if kind == "boolean":
        return "1"
    if kind in ("integer", "float", "monetary"):
        return repr(value)
    if kind == "datetime" and isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return str(value)


def parse_text(kind, text):
    """Return the value of a text that is not empty.

    :raise NoValue: there is none
    """
    reader = READERS.get(kind, str)
    try:
        return reader(text)
    except (ValueError, OverflowError) as error:
        raise NoValue(text) from error


def _read_number(text):
    number = float(text.replace(" ", ""))
    if not isfinite(number):
        raise NoValue(text)
    return number


def _read_whole(text):
    number = int(text.replace(" ", ""))
    if not -(2**31) <= number < 2**31:
        raise NoValue(text)
    return number


def _read_boolean(text):
    if text.strip().lower() not in ("1", "true", "yes"):
        raise NoValue(text)
    return True


READERS = {
    "boolean": _read_boolean,
    "integer": _read_whole,
    "many2one": _read_whole,
    "float": _read_number,
    "monetary": _read_number,
    "date": lambda text: date.fromisoformat(text.strip()[:10]),
    "datetime": parse_moment,
}
