"""What the codes on a business card say: vCard, MECARD, a web page, a number."""

import re

from . import vcards

MECARD_PART = re.compile(r"([A-Z][A-Z-]*):((?:\\.|[^\\;])*);", re.IGNORECASE)
MECARD_ESCAPED = re.compile(r"\\(.)")
# MECARD names them as vCard does.
SAME = ("TEL", "EMAIL", "URL", "NOTE", "ORG", "TITLE", "BDAY")
LONGEST_CODE = 8000


def read(codes):
    """Return the card of the first code that holds one, or None, and ``[(kind, text)]``
    of what the others say; kinds are ``website``, ``email``, ``phone`` and ``note``.

    :param codes: texts of codes
    """
    card, others = None, []
    for code in codes:
        text = code.strip()[:LONGEST_CODE]
        found = _read_card(text)
        if found and card is None:
            card = found
        elif not found:
            others.append(_read_other(text))
    return card, [(kind, text) for kind, text in others if text]


def _read_card(text):
    if text.upper().startswith("MECARD:"):
        text = _rewrite_mecard(text)
    cards = vcards.read(text.encode()) if "BEGIN:VCARD" in text.upper() else []
    return cards[0] if cards else None


def _rewrite_mecard(text):
    """Return a MECARD as a vCard.

    >>> _rewrite_mecard("MECARD:N:Owen,Sean;TEL:123;;").split("\\n")[2:4]
    ['FN:Sean Owen', 'TEL:123']
    """
    lines = ["BEGIN:VCARD", "VERSION:3.0"]
    parts = MECARD_PART.findall(text.partition(":")[2] + ";")
    lines += [_rewrite_part(name.upper(), value) for name, value in parts if value]
    return "\n".join([*filter(None, lines), "END:VCARD", ""])


def _rewrite_part(name, value):
    if name == "N":
        return f"FN:{_escape(_join_name(value))}"
    if name == "ADR":
        return f"ADR:;;{_escape(_unescape(value))};;;;"
    return f"{name}:{_escape(_unescape(value))}" if name in SAME else ""


def _join_name(value):
    """Return family and given name, which a comma parts, as they are written."""
    family, _comma, given = (_unescape(part) for part in value.partition(","))
    if not given or not family.isascii():
        return family + given
    return f"{given.strip()} {family.strip()}"


def _unescape(value):
    return MECARD_ESCAPED.sub(r"\1", value)


def _escape(value):
    return re.sub(r"([\\,;])", r"\\\1", value).replace("\n", "\\n")


def _read_other(text):
    scheme = text.partition(":")[0].casefold()
    if scheme in ("http", "https"):
        # A way to a chat is no web page of a company.
        is_chat = re.match(r"https?://(?:u\.wechat|qm\.qq|wa)\.", text, re.IGNORECASE)
        return ("note" if is_chat or len(text) > vcards.LONGEST else "website"), text
    if scheme == "mailto":
        return "email", re.split(r"[?&]", text.partition(":")[2])[0]
    if scheme == "tel":
        return "phone", text.partition(":")[2]
    return "note", text
