"""What the cells of somebody's table say."""

import re
import unicodedata
from datetime import date, datetime, timedelta

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
DAYS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
COMPACT = re.compile(r"\d{8}")
YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
# What a spreadsheet counts: days since then, from 1954 to 2119.
SERIAL = re.compile(r"([2-7]\d{4})([.,]\d+)?")
SERIAL_START = date(1899, 12, 30)
# What is written where there is no number, or too few were asked.
NOTHING = {
    *(
        "",
        "-",
        "--",
        "—",
        "——",
        "–",
        "/",
        "*",
        "**",
        "...",
        "n/a",
        "#n/a",
        "na",
        "n.a.",
    ),
    *("null", "none", "无", "暂无", "不适用"),
}
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")


class AmbiguousDay(ValueError):
    """A day with the year at its end that may be two."""


def find_day_order(cells):
    """Return what the cells of a column put first where the year is last: DAY_FIRST or
    MONTH_FIRST; None where they do not say, or one says this and another that.

    >>> find_day_order(["01/02/2026", "28/02/2026"]), find_day_order(["02/28/2026"])
    ('day_first', 'month_first')
    >>> find_day_order(["01/02/2026"]), find_day_order(["28/02/2026", "02/28/2026"])
    (None, None)
    """
    found = {_get_order(YEAR_LAST.fullmatch(_get_day(cell))) for cell in cells} - {None}
    return found.pop() if len(found) == 1 else None


def read_day(text, order=None):
    """Return the date, None for an empty cell.

    >>> str(read_day("46000")), str(read_day("31.12.2026 10:30"))
    ('2025-12-09', '2026-12-31')

    :param order: of day and month where the year is last, as ``find_day_order`` gives
    :raise AmbiguousDay: it may be two
    :raise ValueError: it is no date
    """
    day = _get_day(text)
    if not day:
        return None
    if match := YEAR_LAST.fullmatch(day):
        return _read_year_last(match, order)
    if match := SERIAL.fullmatch(day):
        return SERIAL_START + timedelta(days=int(match[1]))
    if day.isdigit() and not COMPACT.fullmatch(day):
        raise ValueError(text)  # strptime would take 2026115 for a day of November
    return _read_year_first(day)


def _read_year_last(match, order):
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    order = _get_order(match) or order
    if not order:
        raise AmbiguousDay(match[0])
    month, day = (second, first) if order == DAY_FIRST else (first, second)
    return date(year, month, day)


def _read_year_first(day):
    for form in DAYS:
        try:
            return datetime.strptime(day, form).date()
        except ValueError:
            continue
    raise ValueError(day)


def _get_day(text):
    """Return the day that a cell says: a spreadsheet writes its midnight, or its
    weekday, behind it."""
    words = unicodedata.normalize("NFKC", text).split()
    return words[0].partition("T")[0] if words else ""


def _get_order(match):
    """Return the order that such a day has beyond doubt, or None."""
    if not match:
        return None
    if int(match[1]) > 12 or (match[2] == "." and int(match[3]) <= 12):
        return DAY_FIRST
    return MONTH_FIRST if int(match[3]) > 12 else None


def read_number(text):
    """Return the number that a cell says, as ``(number, whether a percentage)``;
    ``(None, False)`` for an empty cell, or one that says so.

    One comma before other than three digits is a decimal comma, others part thousands.

    >>> read_number("78,5"), read_number("1,234.5"), read_number("85 %")
    ((78.5, False), (1234.5, False), (85.0, True))
    >>> read_number("1.234,5"), read_number("-"), read_number("−７８．５％")
    ((1234.5, False), (None, False), (-78.5, True))

    :raise ValueError: it is no number
    """
    text = unicodedata.normalize("NFKC", "".join(text.split())).replace("−", "-")
    if text.lower() in NOTHING:
        return None, False
    digits = text.removesuffix("%")
    if "_" in digits:
        raise ValueError(text)
    number = float(_part_decimals(digits))
    if number - number:  # not a number, or without end
        raise ValueError(text)
    return number, digits != text


def _part_decimals(digits):
    if THOUSANDS.fullmatch(digits):
        return digits.replace(",", "")
    before, comma, after = digits.rpartition(",")
    return f"{before.replace('.', '')}.{after}" if comma else digits
