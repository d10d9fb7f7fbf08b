"""What the head of an e-mail tells about who wrote it: a person, or a machine."""

import re

ANSWERED, MADE, BY_HAND = "answered", "made", "by_hand"
BULK = {"bulk", "list", "junk", "auto_reply", "auto-reply"}
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
    if submitted in ("auto-replied", "auto-notified"):
        return ANSWERED
    if _read(headers, "X-Autoreply") or _read(headers, "X-Autorespond"):
        return ANSWERED
    precedence = _read(headers, "Precedence")
    if precedence in ("auto_reply", "auto-reply"):
        return ANSWERED
    if submitted and submitted != "no":
        return MADE
    if precedence in BULK or _read(headers, "List-Id"):
        return MADE
    return BY_HAND


def _read(headers, name):
    return str(headers.get(name) or "").strip().lower()


def strip_subject(subject):
    """Return the subject without ``Re:``, ``Fwd:`` and their like, on one line."""
    return PREFIX.sub("", " ".join((subject or "").split())).strip()
