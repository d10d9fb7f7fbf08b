"""Where a request comes from, so that those who come from one place can be counted."""

from ipaddress import IPv6Address, ip_address

NETWORK = 64  # bits of an address of version 6 that tell a household


def get_place(address):
    """Return the place that an address stands for: of version 6, the household.

    >>> get_place("192.0.2.7")
    '192.0.2.7'
    >>> get_place("2001:db8::1") == get_place("2001:db8::2")
    True
    >>> get_place("unknown")
    'unknown'
    """
    try:
        known = ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(known, IPv6Address) and not known.ipv4_mapped:
        return str(int(known) >> (128 - NETWORK))
    return str(known)
