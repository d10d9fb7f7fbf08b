"""What programs write on a card of somebody's life, each under names of its own: the
nickname, whom he is married to and since when, who leads and who helps him.

:param named: ``{name of the property: its lines}``, see ``vcard_lines``
"""

import re

DAY = re.compile(r"(\d{4}|--)-?(\d\d)-?(\d\d)(?!\d)")
APPLE_LABEL = re.compile(r"^_\$!<(.*)>!\$_$")
SPOUSES = ("SPOUSE", "WIFE", "HUSBAND", "PARTNER")
# Under which names the same is written, after "X-MS-", "X-EVOLUTION-" and the like.
KINDS = {
    "nickname": ("NICKNAME",),
    "spouse": ("SPOUSE", "SPOUSENAME", "SPOUSESNAME"),
    "anniversary": ("ANNIVERSARY",),
    "manager": ("MANAGER", "MANAGERSNAME"),
    "assistant": ("ASSISTANT", "ASSISTANTSNAME"),
}
PREFIX = re.compile(r"^X-(?:MS-|EVOLUTION-|KADDRESSBOOK-(?:X-)?)?")
# Android writes rows of its database: what it is, the value, its type.
ANDROID = {
    ("nickname", ""): "nickname",
    ("contact_event", "1"): "anniversary",
    ("relation", "1"): "assistant",
    ("relation", "7"): "manager",
    ("relation", "14"): "spouse",
}
# What the reader makes something of, besides the above.
READ = frozenset(
    (
        *("FN", "N", "ORG", "TITLE", "ROLE", "TEL", "EMAIL", "URL", "ADR", "NOTE"),
        *("PHOTO", "KIND", "IMPP", "BDAY", "X-ABSHOWAS", "CATEGORIES"),
        "X-SOCIALPROFILE",
    )
)
# What says nothing of whom the card is about.
TECHNICAL = re.compile(
    r"VERSION|PRODID|REV|UID|SOURCE|NAME|PROFILE|MAILER|CLASS|SORT-STRING|LABEL|XML"
    r"|CLIENTPIDMAP|X-AB(LABEL|ADR|UID|DATE|RELATEDNAMES)|RELATED|X-ANDROID-CUSTOM"
    r"|X-MS-OL-.*|X-EVOLUTION-FILE-AS|X-EVOLUTION-WEBDAV.*|X-IMAGE.*|X-PRODID"
)


def read_facts(named):
    """Return ``{kind: [texts]}`` of ``KINDS``; a day as YYYY-MM-DD where it is one.

    >>> from .vcard_lines import read_cards
    >>> from .vcards import _group_by_name
    >>> [lines] = read_cards(b"BEGIN:VCARD\\nX-MS-SPOUSE:Jo\\nEND:VCARD")
    >>> read_facts(_group_by_name(lines))
    {'spouse': ['Jo']}
    """
    facts = {}
    for kind, text in (*_read_plain(named), *_read_apple(named), *_read_android(named)):
        text = " ".join(text.split())[:250]
        if kind == "anniversary":
            text = _tell_day(text)
        if text and text not in facts.setdefault(kind, []):
            facts[kind].append(text)
    return {kind: texts for kind, texts in facts.items() if texts}


def get_left_out(named, others=()):
    """Return the names of the properties that nothing is made of, in their order.

    :param others: names that somebody else reads
    """
    known = {*READ, *others}
    return [
        name
        for name, lines in named.items()
        if name not in known
        and not _get_kind(name)
        and not TECHNICAL.fullmatch(name)
        and any(line.value.strip() for line in lines)
    ]


def _get_kind(name):
    bare = PREFIX.sub("", name).replace("-", "")
    return next((kind for kind, names in KINDS.items() if bare in names), None)


def _read_plain(named):
    for name, lines in named.items():
        kind = _get_kind(name)
        if kind:
            yield from ((kind, line.read_text()) for line in lines)
    for line in named.get("RELATED", ()):
        if set(SPOUSES).intersection(line.types):
            yield "spouse", line.read_text()


def _read_apple(named):
    """Give what Apple writes in two lines of one group: the value, and what it is."""
    labels = {}
    for line in named.get("X-ABLABEL", ()):
        label = line.read_text()
        found = APPLE_LABEL.match(label)
        labels[line.group] = (found[1] if found else label).upper()
    for line in named.get("X-ABRELATEDNAMES", ()):
        label = labels.get(line.group, "")
        kind = "spouse" if label in SPOUSES else label.lower()
        if kind in KINDS:
            yield kind, line.read_text()
    for line in named.get("X-ABDATE", ()):
        if labels.get(line.group) == "ANNIVERSARY":
            yield "anniversary", line.read_text()


def _read_android(named):
    for line in named.get("X-ANDROID-CUSTOM", ()):
        what, value, number = (*line.read_parts(), "", "", "")[:3]
        what = what.rpartition("/")[2]
        kind = ANDROID.get((what, "" if what == "nickname" else number))
        if kind:
            yield kind, value


def _tell_day(text):
    found = DAY.match(text)
    return "-".join(found.groups()) if found else text
