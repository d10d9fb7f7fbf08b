"""What the head of an e-mail tells about who wrote it: a person, or a machine."""

import re

ANSWERED, MADE, BY_HAND = "answered", "made", "by_hand"
BULK = {"bulk", "list", "junk", "auto_reply", "auto-reply"}
# What answers by itself says so by one of these.
REPLIES = ("auto-replied", "auto-notified")
ANSWERS = ("auto_reply", "auto-reply")
OF_ANSWERS = ("X-Autoreply", "X-Autorespond")
PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|wg|fw|fwd|sv|tr|回复|答复|转发)\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)


def get_origin(headers):
    """Return ``ANSWERED`` for what answers by itself (an absence, a machine that says
    thank you), ``MADE`` for what a machine or a list sends of its own, ``BY_HAND`` for
    the rest (RFC 3834, and what was usual before it).

    :param headers: has ``get(name)``, as an ``email.message.Message``
    """
    submitted = _read(headers, "Auto-Submitted").split(";")[0].strip()
    precedence = _read(headers, "Precedence")
    if submitted in REPLIES or precedence in ANSWERS or _has(headers, *OF_ANSWERS):
        return ANSWERED
    if submitted not in ("", "no") or precedence in BULK or _has(headers, "List-Id"):
        return MADE
    return BY_HAND


def _has(headers, *names):
    return any(_read(headers, name) for name in names)


def _read(headers, name):
    return str(headers.get(name) or "").strip().lower()


def strip_subject(subject):
    """Return the subject without ``Re:``, ``Fwd:`` and their like, on one line."""
    return PREFIX.sub("", " ".join((subject or "").split())).strip()
