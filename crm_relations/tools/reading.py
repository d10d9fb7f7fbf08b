"""By what way something is read, told by who knows it to who logs it.

No context key: clients send those.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_WAY = ContextVar("crm_relations.reading", default=None)


@contextmanager
def reading_as(way):
    """What is read in this block is read by this way; the innermost tells."""
    token = _WAY.set(way)
    try:
        yield
    finally:
        _WAY.reset(token)


def get_reading_way():
    """Return the way that was told, None where nobody has told.

    >>> get_reading_way()
    >>> with reading_as("printed"):
    ...     get_reading_way()
    'printed'
    """
    return _WAY.get()
