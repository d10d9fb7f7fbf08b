"""By what way something is written, told by who knows it to who keeps it.

No context key: clients send those.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """``code``: the way; ``why``: the reason given; ``proposal_id``: of what was
    proposed."""

    code: str
    why: str = ""
    proposal_id: int = 0


_SOURCE = ContextVar("crm_relations.source", default=None)


@contextmanager
def told_as(code, why="", proposal_id=0):
    """What is written in this block has come by this way; the innermost tells."""
    token = _SOURCE.set(Source(code, why, proposal_id))
    try:
        yield
    finally:
        _SOURCE.reset(token)


def get_told_source():
    """Return the ``Source`` of what is being written, None where nobody has told."""
    return _SOURCE.get()


def get_source_of_path(path):
    """Return by what way a request of this path writes.

    >>> get_source_of_path("/web/dataset/call_kw/res.partner/write")
    'form'
    >>> get_source_of_path("/json/2/res.partner/write"), get_source_of_path("/xmlrpc/2")
    ('api', 'api')
    """
    is_client = path.startswith(("/json/", "/jsonrpc", "/xmlrpc"))
    return "api" if is_client else "form"
