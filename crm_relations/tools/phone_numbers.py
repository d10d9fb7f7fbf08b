"""Telephone numbers that Odoo's validation cannot place: as digits, nothing more."""

import re
import unicodedata

SHORTEST = 3
LONGEST = 15  # E.164
TAIL = 7  # fewer digits than those of a local number say nothing
SPELLING = re.compile(r"\+?[\d\s().\-/]+", re.ASCII)
WRAPPING = re.compile(r"^(?:sips?|tel):|[@;].*$", re.IGNORECASE)
# Of a switchboard's number: "ext. 12", "转801", ",,12", "#12". Not "-801", which may as
# well be the end of the number.
EXTENSION = re.compile(
    r"[\s,;]*(?:extension|ext\.?|x|转|轉|分机|分機|доб\.?|,|#)\s*\d{1,7}$",
    re.IGNORECASE,
)


def unwrap(number):
    """Return a number without what an exchange puts around it, nor an extension.

    >>> unwrap("sip:+8613800138000@10.0.0.1"), unwrap("010-88889999转801")
    ('+8613800138000', '010-88889999')
    """
    text = unicodedata.normalize("NFKC", str(number or "")).strip()
    return EXTENSION.sub("", WRAPPING.sub("", text).strip())


def digits_of(number):
    """Return the digits of a number, or "" where it is not spelt as one.

    >>> digits_of("(010) 8888-9999"), digits_of("anonymous"), digits_of("12")
    ('01088889999', '', '')
    """
    digits = re.sub(r"\D", "", number, flags=re.ASCII)
    spelt = SPELLING.fullmatch(number)
    return digits if spelt and SHORTEST <= len(digits) <= LONGEST else ""


def may_be_same(digits, other):
    """Tell whether one number is the other with its area or country code.

    >>> may_be_same("861088889999", "01088889999"), may_be_same("123", "99123")
    (True, False)
    """
    short, long = sorted((digits.lstrip("0"), other.lstrip("0")), key=len)
    return len(short) >= TAIL and long.endswith(short)
