"""setup/test --odoo: run Odoo's own tests without and with the suite, and compare.

Whatever fails without the suite, too, is none of its doing: only the difference counts.
"""

import argparse
import sys
from pathlib import Path

from workshop import (
    environment,
    manifests,
    paths,
    postgres,
    processes,
    template,
    workplace,
)
from workshop.console import Problem, say
from workshop.locks import locked
from workshop.tally import Tally

NAME = "crm_relations_odoo_tests"
# What the suite changes by depending on it; of the base, what has to do with contacts.
CHOSEN = (
    *("base", "crm", "sale", "sale_crm", "sale_loyalty", "loyalty", "calendar"),
    *("mail", "event", "event_crm", "sms", "test_mail"),
)
OF_BASE = ("test_res_partner*.py", "test_*merge*.py")


def main(arguments):
    options, rest = _parser().parse_known_args(arguments)
    environment.enter("test", ["--odoo", *arguments])
    with locked(paths.PRIVATE / "test.lock", "running the tests of this checkout"):
        with workplace.opened([]) as place:
            return _compare(place, options.addons or CHOSEN, rest)


def _parser():
    parser = argparse.ArgumentParser(
        prog="setup/test --odoo",
        description="Run a chosen set of Odoo's own tests on a database without the "
        "suite and on one with it, and name what fails only with it. It takes long: "
        "run it before each release.",
        epilog="Everything else is handed to pytest: -k WORDS, -x and so on.",
    )
    parser.add_argument("addons", nargs="*", help=f"default: {' '.join(CHOSEN)}")
    return parser


def _compare(place, addons, rest):
    files = [file for name in addons for file in _get_files(place, name)]
    if not files:
        raise Problem("None of these addons has tests here.")
    source = template.ensure(place)
    results = {}
    for title, ours in (("without", ()), ("with", manifests.addons())):
        init = [*addons, *ours]
        results[title] = _run(place, source, title, init, [*files, *rest])
    lines, failed = compare(results["without"], results["with"])
    say("\n".join(lines))
    return 1 if failed else 0


def _get_files(place, addon):
    """Return the test files of an addon of Odoo; say so where it has none."""
    # Debian's package holds the addons twice; Python imports those inside Odoo's own.
    for folder in reversed(place.odoo.home.addons_paths()):
        tests = Path(folder) / addon / "tests"
        if tests.is_dir():
            patterns = OF_BASE if addon == "base" else ("test_*.py",)
            return sorted(f for name in patterns for f in tests.rglob(name))
    say(f"- Odoo's package holds no tests of {addon}: left out")
    return []


def _run(place, source, title, init, arguments):
    """Run the tests on a fresh database and return their tally."""
    place.databases.drop(NAME)
    place.databases.copy(source, NAME)
    try:
        place.odoo.change("Install the addons", NAME, f"--init={','.join(init)}")
        say(f"- Run Odoo's tests {title} the suite")
        tally = paths.LOGS / f"odoo_tests_{title}.jsonl"
        tally.unlink(missing_ok=True)
        argv = [sys.executable, "-m", "pytest", "-p", "workshop.tally", "-q"]
        argv += [f"--tally={tally}", "--no-header", "--tb=short", "-rfE"]
        argv += ["-o", f"cache_dir={paths.PRIVATE / 'pytest'}"]
        argv += [f"--odoo-database={NAME}", f"--odoo-config={paths.CONFIGURATION}"]
        argv += ["--odoo-log-level=critical"]
        told = postgres.client_variables(place.databases.server)
        with open(paths.LOGS / f"odoo_tests_{title}.log", "w") as output:
            processes.call([*argv, *arguments], output, told, cwd=paths.PROJECT)
        return _check(Tally.read([tally]), output.name)
    finally:
        place.databases.drop(NAME)


def _check(tally, log):
    """Return a tally of tests that really ran: what does not begin fails alike without
    and with the suite, and would look well."""
    broken = [line["test"] for line in tally.lines if line["phase"] == "collect"]
    if broken or not tally.passed():
        what = broken[0] if broken else "none of them passed"
        raise Problem(f"Odoo's tests could not be run, see {log}: {what}.")
    return tally


def compare(without, ours):
    """Return the lines to show, and what fails only with the suite."""
    before = set(without.failed())
    only = [name for name in ours.failed() if name not in before]
    ran = len(without.passed()) + len(before)
    lines = [
        "",
        f"Odoo's tests: {ran} ran, {len(before)} fail without the suite, too.",
        *(f"ONLY WITH THE SUITE {name}" for name in only),
        f"{len(only)} fail only with the suite.",
    ]
    return lines, only
