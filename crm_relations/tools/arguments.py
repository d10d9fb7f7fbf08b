"""What a public method takes from a client, said by the annotations of its parameters.

``def pool_assign(self, user_id: Id, reason: Text = "") -> Answers``: over the API
anything may come, and each kind of argument is read in one place. Plain classes; the
model ``crm.gate`` asks them.
"""

from datetime import date, datetime
from math import isfinite

LARGEST_ID = 2**31 - 1  # of a column of type integer
NOBODYS_ID = -1


class WrongArgument(ValueError):
    """What came is not what the signature says."""


class Given:
    """Anything that can be stored: the method itself says what is wrong with it."""

    @classmethod
    def parse(cls, value):
        return value


class Id(Given):
    """An id, or None. What is none becomes an id that no record has, so that it is
    neither taken for "not given" nor sent to the database."""

    @classmethod
    def parse(cls, value):
        if value is None or value is False:
            return None
        return value if is_id(value) else NOBODYS_ID


class Text(Given):
    """A text, "" if nothing was given. A number is taken for what it looks like."""

    @classmethod
    def parse(cls, value):
        if value is None or value is False:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise WrongArgument(value)
        return str(value)


class Day(Given):
    """A date, as such or as ISO text, or None. A time behind it is not looked at."""

    @classmethod
    def parse(cls, value):
        if not value:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if not isinstance(value, str):
            raise WrongArgument(value)
        try:
            return date.fromisoformat(value.strip()[:10])
        except ValueError as error:
            raise WrongArgument(value) from error


class Count(Given):
    """A whole number from 0 to what a column holds."""

    @classmethod
    def parse(cls, value):
        number = Amount.parse(value)
        if number is None or number != int(number) or not 0 <= number <= LARGEST_ID:
            raise WrongArgument(value)
        return int(number)


class Amount(Given):
    """A finite number, or None."""

    @classmethod
    def parse(cls, value):
        if value is None or value is False:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise WrongArgument(value)
        if isinstance(value, float) and not isfinite(value):
            raise WrongArgument(value)
        return value


class Codes(Given):
    """A list of texts, or None."""

    @classmethod
    def parse(cls, value):
        if not value:
            return None
        if not isinstance(value, (list, tuple, set)):
            raise WrongArgument(value)
        if not all(isinstance(code, str) for code in value):
            raise WrongArgument(value)
        return list(value)


class Values(Given):
    """A mapping of names to values, empty if nothing was given."""

    @classmethod
    def parse(cls, value):
        if not value:
            return {}
        if not isinstance(value, dict):
            raise WrongArgument(value)
        return value


class Answers(list):
    """Returned: ``[{"id", "ok", "code", "message"}]``, a row for each record, in the
    order given."""


def is_id(value):
    """Return whether ``value`` can be the id of a record."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and 0 < value <= LARGEST_ID


def read_id(text):
    """Return the id that a text says, one that no record has where it is too large (or
    has more digits than Python reads), None where it is no number."""
    if not text.isdecimal():
        return None
    number = int(text) if len(text) <= len(str(LARGEST_ID)) else NOBODYS_ID
    return number if number <= LARGEST_ID else NOBODYS_ID


def is_large_id(value):
    """Return whether ``value`` can be the id of a line of a report."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and abs(value) < 2**63


def is_storable(value):
    """Return whether PostgreSQL can keep all texts in ``value``."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, dict):
        return all(map(is_storable, value.keys())) and is_storable([*value.values()])
    if isinstance(value, (list, tuple, set)):
        return all(map(is_storable, value))
    return True
