"""What the cells of somebody's table say."""

import re
import unicodedata
from datetime import date, datetime

DAYS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")


def read_day(text):
    """Return the date, None for an empty cell.

    :raise ValueError: it is no date
    """
    text = text.strip()
    if not text:
        return None
    # A spreadsheet writes the midnight of a day, or its weekday, behind it.
    day = unicodedata.normalize("NFKC", text).split()[0]
    for form in DAYS:
        try:
            return datetime.strptime(day, form).date()
        except ValueError:
            continue
    return date.fromisoformat(text[:10])


def read_number(text):
    """Return the number that a cell says, as ``(number, whether a percentage)``;
    ``(None, False)`` for an empty cell.

    One comma before other than three digits is a decimal comma, others part thousands.

    >>> read_number("78,5"), read_number("1,234.5"), read_number("85 %")
    ((78.5, False), (1234.5, False), (85.0, True))
    >>> read_number("1.234,5"), read_number("-"), read_number("−７８．５％")
    ((1234.5, False), (None, False), (-78.5, True))

    :raise ValueError: it is no number
    """
    text = unicodedata.normalize("NFKC", "".join(text.split())).replace("−", "-")
    if text in ("", "-", "—", "–"):
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
