"""Show that there is a telephone number or an address without telling it."""

import re

MASK = "****"
SHORTEST_KNOWN = 9
LONGEST_KNOWN = 13
LONGEST_NAME = 64
_LOCAL_PART = re.compile(r"([^\s<>,;\"@])[^\s<>,;\"@]*@")


def mask_phone(number):
    """Return ``number`` without its middle; a short one keeps two digits only.

    Masking twice changes nothing.

    >>> mask_phone("138 1234 5678"), mask_phone("+86 138-1234-5678")
    ('138****5678', '+86138****5678')
    >>> mask_phone("6543210"), mask_phone("138****5678"), mask_phone("110")
    ('****10', '138****5678', '****')
    """
    if not number or MASK in number:
        return number
    digits = re.sub(r"\D", "", number)
    if len(digits) < SHORTEST_KNOWN:
        return MASK + digits[-2:] if len(digits) > 4 else MASK
    # More digits than any number has: several numbers in one field.
    head = digits[:-8] if len(digits) <= LONGEST_KNOWN else digits[:3]
    plus = "+" if number.lstrip().startswith("+") else ""
    return f"{plus}{head}{MASK}{digits[-4:]}"


def mask_email(address):
    """Return ``address`` with the first letter of each local part.

    >>> mask_email("anna.li@example.com")
    'a***@example.com'
    >>> mask_email('"Anna Li" <anna@example.com>, bo@example.org')
    '"Anna Li" <a***@example.com>, b***@example.org'
    >>> mask_email(mask_email("anna")), mask_email("a***@example.com")
    ('***', 'a***@example.com')
    """
    if not address:
        return address
    if "@" not in address:
        return "***"
    return _LOCAL_PART.sub(r"\1***@", address)


def get_phone_guess(number):
    """Return what all numbers with the mask of ``number`` share and between which they
    lie: ``(beginning, end, lowest, highest)``.

    >>> get_phone_guess("+8613812345678")
    ('+86138', '5678', '+8613800005678', '+8613899995678')
    """
    head, tail = mask_phone(number).split(MASK)
    open_digits = len(number) - len(head) - len(tail)
    lowest, highest = (f"{head}{digit * open_digits}{tail}" for digit in "09")
    return head, tail, lowest, highest


def get_email_guess(address):
    """Return the same of an address, whose mask does not tell how long it is.

    >>> get_email_guess("anna@example.com")[:3]
    ('a', '@example.com', 'a')
    """
    name, _at, domain = address.partition("@")
    return name[:1], f"@{domain}", name[:1], f"{name[:1]}{'z' * LONGEST_NAME}"


def is_masked(text):
    """Return whether ``text`` may have come out of these functions."""
    return isinstance(text, str) and "***" in text


MASKS = {"phone": mask_phone, "email": mask_email}
GUESSES = {"phone": get_phone_guess, "email": get_email_guess}
