"""Run other programs: their output goes to a log, their failure to one line."""

import os
import re
import subprocess

from workshop import paths
from workshop.console import Problem, step

NOISE = re.compile(r"^\s*$|^\s*(\^|~|File |\[notice\]|hint:|note:)")
# An error of apt, pip or npm; the last line of a traceback; an error that Odoo logged.
TELLING = (
    re.compile(r"(E:|ERROR:|fatal:|npm error|[\w.]+: )|\S+ \S+ \d+ (ERROR|CRITICAL) "),
    re.compile(r"(E:|ERROR:|fatal:|npm error|[\w.]+(Error|Exception): )"),
)
ODOO_LOG = re.compile(r"^\S+ \S+ \d+ [A-Z]+ \S+ odoo\.", re.MULTILINE)
UNREACHABLE = re.compile(
    r"Temporary failure (in name )?resol|Name or service not known|Could not resolve"
    r"|Network is unreachable|Connection (refused|timed out)|Could not connect"
    r"|NewConnectionError|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT"
)


def run(title, argv, log, **options):
    """Run a program as a step, its output in a log of the private folder.

    :param log: name of the log
    :returns: the path of the log
    """
    paths.private_folder()
    path = paths.LOGS / f"{log}.log"
    with step(title):
        with open(path, "w") as output:
            code = call(argv, output, **options)
        if code:
            raise Problem(f"{title} failed {explain(path)}")
    return path


def call(argv, output, environment=None, **options):
    """Run a program with its whole output in an open file and return its exit code."""
    try:
        return subprocess.run(
            [str(part) for part in argv],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            check=False,
            **options,
        ).returncode
    except FileNotFoundError as error:
        raise Problem(f"The program {error.filename} is not installed.") from error


def explain(path):
    """Return where a failed program's log is, why it failed and what to do."""
    text = path.read_text(errors="replace")
    return f"({path}): {_find_reason(text)}"


def _find_reason(text):
    # Odoo may have met such words too, without needing any source of packages.
    if UNREACHABLE.search(text) and not ODOO_LOG.search(text):
        return "a source could not be reached. Check the network and start again."
    if "No space left on device" in text:
        return "the disk is full. Make room and start again."
    return f"{_find_telling_line(text)}. Mend this and start again."


def _find_telling_line(text):
    lines = [line for line in text.splitlines() if not NOISE.match(line)]
    for pattern in TELLING:
        lines = list(filter(pattern.match, lines)) or lines
    return lines[-1].strip()[:300].rstrip(".") if lines else "it said nothing"
