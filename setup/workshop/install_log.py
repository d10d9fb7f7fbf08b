"""Judge the log of an installation: what Odoo complained of in our addons."""

import re

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \S+ \d+ (?P<level>[A-Z]+) \S+ "
    r"(?P<logger>[^\s:]+): (?P<message>.*)"
)
FAULTS = {"ERROR", "CRITICAL"}


def complaints(text, addons):
    """Return the entries that fail an installation.

    These are all errors, and the warnings that name one of the addons; an entry holds
    the lines that follow its first one. The database's name is not looked at.
    """
    named = re.compile(rf"\b({'|'.join(map(re.escape, addons))})\b")
    found = []
    for level, what, lines in _entries(text):
        if level in FAULTS or (level == "WARNING" and named.search(what)):
            found.append("\n".join(lines))
    return found


def _entries(text):
    """Return level, logger with message, and lines of each entry."""
    entries = []
    for line in text.splitlines():
        match = LINE.match(line)
        if match:
            what = f"{match['logger']} {match['message']}"
            entries.append([match["level"], what, [line]])
        elif entries:
            entries[-1][1] += "\n" + line
            entries[-1][2].append(line)
    return entries
