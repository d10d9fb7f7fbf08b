"""What stands on the cards of a vCard file: a person, or a company, each."""

import re
from datetime import date
from typing import NamedTuple

from . import vcard_lines
from .sentences import COMMA
from .vcard_facts import get_left_out, read_facts

LONGEST = 250  # of a name, a number, an address
LONGEST_NOTE = 20_000
BIRTHDAY = re.compile(r"(\d{4}|--)-?(\d\d)-?(\d\d)(?!\d)")
LEAP_YEAR = 2000
# What telephones of Apple write for none, with or without saying so.
NO_YEAR = 1604
# Which number is called first: of the person, then of the desk.
CALLED_FIRST = ("CELL", "IPHONE", "WORK", "MAIN", "VOICE")
NOT_CALLED = frozenset(("FAX", "PAGER", "BBS", "MODEM", "TELEX"))
# Ways to chat, by the name of their property.
CHATS = {
    "X-WECHAT": "WeChat",
    "X-QQ": "QQ",
    "X-TENCENT": "QQ",
    "X-SKYPE": "Skype",
    "X-SKYPE-USERNAME": "Skype",
    "X-WHATSAPP": "WhatsApp",
    "X-DINGTALK": "DingTalk",
    "X-AIM": "AIM",
    "X-ICQ": "ICQ",
    "X-MSN": "MSN",
    "X-JABBER": "Jabber",
    "X-YAHOO": "Yahoo",
    "X-GOOGLE-TALK": "Google Talk",
    "X-GTALK": "Google Talk",
    "X-TWITTER": "Twitter",
}


class Card(NamedTuple):
    """One person or company; what is not on the card is empty."""

    name: str
    is_company: bool
    company: str
    department: str
    function: str
    phones: list  # the one to call first
    emails: list
    website: str
    address: dict  # street, street2, city, zip, state, country
    birthday: tuple | None  # year, or 0, month and day
    note: str
    others: list  # [(label, text)] of what has no place elsewhere
    photo: bytes | None
    is_group: bool
    spouse: str = ""
    anniversary: str = ""
    left_out: tuple = ()  # names of the properties that nothing was made of


def read(content):
    """Return the cards of a file in the order in which they stand there.

    :param content: bytes of a vCard file of any version, with any number of cards
    """
    return [_read_card(lines) for lines in vcard_lines.read_cards(content)]


def _read_card(lines):
    named = _group_by_name(lines)
    company, *units = _get_parts(named, "ORG") or [""]
    phones, not_called = _get_phones(named)
    emails = _get_texts(named, "EMAIL")
    name = _get_name(named)
    is_company = _is_company(named, name, company)
    address, *more_addresses = _read_addresses(named) or [{}]
    facts = read_facts(named)
    return Card(
        name=_shorten(name or company or "".join(emails[:1])),
        is_company=is_company,
        company="" if is_company else _shorten(company),
        department=_shorten(" / ".join(filter(None, units))),
        function=_shorten("".join((_get_texts(named, "TITLE", "ROLE"))[:1])),
        phones=phones,
        emails=emails,
        website=_shorten("".join(_get_texts(named, "URL")[:1])),
        address=address,
        birthday=_read_birthday(named),
        note="\n\n".join(_get_texts(named, "NOTE", longest=LONGEST_NOTE)),
        others=[
            *not_called,
            *(("address", _join_address(other)) for other in more_addresses),
            *_get_chats(named),
            *_get_more(named, facts),
        ],
        spouse=_get_fact(facts, "spouse"),
        anniversary=_get_fact(facts, "anniversary"),
        left_out=get_left_out(named, CHATS),
        photo=_get_photo(named),
        is_group="GROUP" in [kind.upper() for kind in _get_texts(named, "KIND")],
    )


def _get_fact(facts, kind):
    return next(iter(facts.get(kind, ())), "")


def _group_by_name(lines):
    """Return ``{name: its lines}``, the preferred ones first."""
    named = {}
    for line in lines:
        named.setdefault(line.name, []).append(line)
    return {name: sorted(some, key=_get_preference) for name, some in named.items()}


def _read_addresses(named):
    addresses = [_read_address(line) for line in named.get("ADR", ())]
    return [address for address in addresses if any(address.values())]


def _get_preference(line):
    """Return what sorts the preferred lines to the front."""
    ranks = line.parameters.get("PREF", ())
    if ranks and ranks[0].isdigit():
        return int(ranks[0][:3])
    return 1 if "PREF" in line.types else 101


def _shorten(text, longest=LONGEST):
    return " ".join(text.split())[:longest]


def _get_texts(named, *names, longest=None):
    """Return each text of these properties once, the first spelling of it."""
    texts = {}
    for name in names:
        for line in named.get(name, ()):
            text = line.read_text()
            text = text[:longest] if longest else _shorten(text)
            texts.setdefault(text.casefold(), text)
    texts.pop("", None)
    return list(texts.values())


def _get_parts(named, name):
    lines = named.get(name, ())
    return next(filter(any, (line.read_parts() for line in lines)), [])


def _get_name(named):
    """Return the name as it is written, else put together from its parts."""
    if written := _get_texts(named, "FN"):
        return written[0]
    family, given, more, before, after = (*_get_parts(named, "N"), *[""] * 5)[:5]
    parts = (before, given, more, family, after)
    if not _is_latin(family + given):
        # Chinese, Japanese and Korean names are written without a gap, family first.
        return family + given
    return " ".join(part.replace(",", " ") for part in parts if part)


def _is_latin(text):
    return all(ord(character) < 0x2E80 for character in text)


def _is_company(named, name, company):
    if _get_texts(named, "X-ABSHOWAS")[:1] == ["COMPANY"]:
        return True
    kinds = [kind.upper() for kind in _get_texts(named, "KIND")]
    is_person = any(part for part in _get_parts(named, "N")[:3])
    return "ORG" in kinds or bool(company and name in ("", company) and not is_person)


def _get_phones(named):
    """Return numbers to call, the best first, and ``[(kind, number)]`` of the rest."""
    called, others = {}, []
    for line in named.get("TEL", ()):
        number = _shorten(re.sub("^tel:", "", line.read_text(), flags=re.IGNORECASE))
        number = number.replace(";ext=", " ext. ")
        if not any(character.isdigit() for character in number):
            continue
        if NOT_CALLED.isdisjoint(line.types):
            called.setdefault(number, _get_call_rank(line))
        else:
            others.append((min(NOT_CALLED.intersection(line.types)).lower(), number))
    # The sort is stable: of the same rank the preferred one stays first.
    return sorted(called, key=called.get), others


def _get_call_rank(line):
    ranks = [CALLED_FIRST.index(kind) for kind in line.types if kind in CALLED_FIRST]
    return min(ranks, default=len(CALLED_FIRST))


def _read_address(line):
    parts = [_shorten(part.replace("\n", ", ")) for part in line.read_parts()]
    box, more, street, city, state, zip_code, country = (*parts, *[""] * 7)[:7]
    names = ("street", "street2", "city", "zip", "state", "country")
    lines = [text for text in (street.strip(", "), more, box) if text]
    first, rest = "".join(lines[:1]), COMMA.join(lines[1:])
    return dict(zip(names, (first, rest, city, zip_code, state, country), strict=True))


def _join_address(address):
    return COMMA.join(text for text in address.values() if text)


def _read_birthday(named):
    for line in named.get("BDAY", ()):
        found = BIRTHDAY.match(line.read_text())
        if not found:
            continue
        year = 0 if found[1] == "--" else int(found[1])
        if year == NO_YEAR or str(year) in line.parameters.get("X-APPLE-OMIT-YEAR", ()):
            year = 0
        month, day = int(found[2]), int(found[3])
        try:
            date(year or LEAP_YEAR, month, day)
        except ValueError:
            continue
        return year, month, day
    return None


def _get_chats(named):
    chats = [
        (label, text)
        for name, label in CHATS.items()
        for text in _get_texts(named, name)
    ]
    for text in _get_texts(named, "IMPP"):
        label, _colon, account = text.partition(":")
        chats.append((label, account) if account else ("chat", text))
    return chats


def _get_more(named, facts):
    """Return ``[(label, text)]`` of what a contact has one field for, or none."""
    texts = {
        "website": _get_more_texts(named, "URL"),
        "function": _get_texts(named, "TITLE", "ROLE")[1:],
        "company": _get_more_companies(named),
        "nickname": facts.get("nickname", ()),
        "category": filter(_says_something, _get_texts(named, "CATEGORIES")),
        "birthday": () if _read_birthday(named) else _get_texts(named, "BDAY"),
        **{kind: facts.get(kind, ()) for kind in ("manager", "assistant")},
    }
    rows = [(label, text) for label in texts for text in texts[label]]
    for line in named.get("X-SOCIALPROFILE", ()):
        label = next((kind for kind in line.types if kind != "PREF"), "CHAT")
        rows.append((label.lower(), _shorten(line.read_text())))
    return [(label, text) for label, text in rows if text]


def _get_more_texts(named, name):
    """Return the texts but for the first, however often and fully that is written."""
    first, *texts = _get_texts(named, name) or [""]
    return [text for text in texts if _get_place(text) != _get_place(first)]


def _get_place(website):
    return website.casefold().partition("://")[2].rstrip("/") or website.casefold()


def _get_more_companies(named):
    names = [
        " / ".join(filter(None, map(_shorten, line.read_parts())))
        for line in named.get("ORG", ())
    ]
    return list(dict.fromkeys(name for name in names[1:] if name != names[0]))


def _says_something(category):
    """Return whether it is more than the group in which telephones put all."""
    return "".join(category.strip("*").split()).casefold() != "mycontacts"


def _get_photo(named):
    photos = (line.read_bytes() for line in named.get("PHOTO", ()))
    return next(filter(None, photos), None)
