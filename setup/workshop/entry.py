"""First contact of every command, in words that any Python 3 understands."""

import os
import subprocess
import sys

SUPPORTED = ((3, 10), (3, 11), (3, 12), (3, 13))
VERSIONS = "3.10, 3.11, 3.12 or 3.13"


def start(command):
    """Run a command of ``workshop.commands``, under a Python that Odoo 19 supports."""
    if sys.version_info[:2] not in SUPPORTED:
        _hand_over(find_supported(), command)
    from workshop.console import guard  # too new for an old Python

    sys.exit(guard(command, sys.argv[1:]))


def find_supported(names=("python3.11", "python3.12", "python3.13", "python3.10")):
    """Return the first of the named Pythons that really is one, else None."""
    for name in names:
        if _is_supported(name):
            return name
    return None


def _is_supported(name):
    code = "import sys; sys.exit(sys.version_info[:2] not in {!r})".format(SUPPORTED)
    try:
        with open(os.devnull, "w") as nothing:
            return subprocess.call([name, "-c", code], stderr=nothing) == 0
    except OSError:
        return False


def _hand_over(python, command):
    if python:
        os.execvp(python, [python] + sys.argv)
    found = ".".join(str(part) for part in sys.version_info[:2])
    sys.exit(
        "setup/{}: Python {} cannot run Odoo 19 and no other was found: "
        "install Python {} and start again.".format(command, found, VERSIONS)
    )
