"""setup/test: run the tests on a fresh database."""

import argparse
import os
import shlex
import sys
from pathlib import Path

from workshop import (
    environment,
    paths,
    postgres,
    processes,
    suite,
    template,
    test_database,
    workplace,
)
from workshop.commands import odoo_tests
from workshop.console import Problem, say
from workshop.locks import locked
from workshop.system_packages import CHINESE_FONT, CHROMIUM, WKHTMLTOPDF
from workshop.tally import Tally

LOCK = paths.PRIVATE / "test.lock"
TALLIES = paths.PRIVATE / "tallies"
PLUGINS = (
    *("judge", "tally", "own_files", "thrift", "memory", "browsers"),
    *("midnight", "ticking"),
)
OPTIONS = [word for name in PLUGINS for word in ("-p", f"workshop.{name}")]
ODOO = ("--odoo-http", "--odoo-log-level=error")
LOOK = ("--no-header", "-q", "-rfE", "-o", "verbosity_subtests=0")
OTHERS = ("-W", "ignore:'crypt' is deprecated")
# As many as the machine has cores; each file of tests stays with one of them. In our
# order: xdist's own puts the files with the fewest tests last, which last longest.
SIDE_BY_SIDE = (
    f"--numprocesses={os.cpu_count()}",
    "--dist=loadfile",
    "--no-loadscope-reorder",
)


def main(arguments):
    if "--odoo" in arguments:
        return odoo_tests.main([word for word in arguments if word != "--odoo"])
    options, rest = _parser().parse_known_args(arguments)
    environment.enter("test", arguments)
    needs = [CHROMIUM, WKHTMLTOPDF, CHINESE_FONT]
    with locked(LOCK, "running the tests of this checkout"):
        with workplace.opened(needs) as place:
            if CHROMIUM in place.missing and not options.fast:
                raise Problem(
                    "The browser tests need Chromium: install the package chromium, or "
                    "leave these tests out with --fast."
                )
            source = template.ensure(place)
            database = test_database.ensure(place, options.reuse)
            return _Runs(place, source, database, options).go(rest)


def _parser():
    parser = argparse.ArgumentParser(
        prog="setup/test",
        allow_abbrev=False,
        description="Prepare what is missing, then run the tests of the addons and of "
        "the folder tests, those of the given rooms, or those of the given files, on a "
        "fresh database.",
        epilog="Everything else is handed to pytest: PATH ..., -k WORDS, -x and so on.",
    )
    parser.add_argument(
        "--fast", action="store_true", help="leave out the tours in the browser"
    )
    parser.add_argument(
        "--thorough",
        action="store_true",
        help="try all random cases, two and a half times as many as otherwise",
    )
    parser.add_argument(
        "--odoo",
        action="store_true",
        help="run Odoo's own tests instead, without and with the addons, and compare",
    )
    parser.add_argument(
        "--reuse",
        action="store_true",
        help="keep the last test database and only update the addons in it",
    )
    return parser


class _Runs:
    """The run of pytest that makes up one call of the command.

    All tests run side by side on copies of the database, which itself stays as it was
    installed. What somebody chooses runs in one process, on the database itself.
    """

    def __init__(self, place, source, database, options):
        self.place = place
        self.source = source
        self.database = database
        self.options = options

    def go(self, rest):
        """Run what is asked for; return the exit code of the whole."""
        rest = [_absolute(argument) for argument in rest]
        rooms = [word for word in rest if word in suite.rooms()]
        rest = [word for word in rest if word not in rooms]
        chosen = [path for room in rooms for path in suite.of_room(room)]
        paths.private_folder()
        TALLIES.mkdir(exist_ok=True)
        for old in TALLIES.glob("*"):
            old.unlink()
        tally = TALLIES / "all.jsonl"
        if chosen or any(map(_is_path, rest)):
            code = self._run("chosen", tally, [*rest, *chosen])
        else:
            arguments = [*SIDE_BY_SIDE, *rest, *suite.files()]
            told = {"CRM_RELATIONS_INSTALLED": self.database}
            code = self._run("side by side", tally, arguments, told)
        say("\n".join(Tally.read([tally]).report()))
        return code

    def _run(self, title, tally, arguments, told=None):
        say(f"- Run the tests ({title})")
        argv = [sys.executable, "-m", "pytest", *OPTIONS, f"--tally={tally}"]
        argv += [*ODOO, *LOOK, *OTHERS, "-o", f"cache_dir={paths.PRIVATE / 'pytest'}"]
        argv += [f"--odoo-database={self.database}"]
        argv += [f"--odoo-config={paths.CONFIGURATION}"]
        if self.options.fast:
            argv.append("--no-tours")
        given = [Path(word) for word in arguments if _is_path(word)]
        if all(path.absolute().is_relative_to(paths.PROJECT) for path in given):
            argv.append(f"--rootdir={paths.PROJECT}")
        argv += arguments
        told = {**self._get_told(), **(told or {})}
        return processes.call(argv, None, told, cwd=paths.PROJECT)

    def _get_told(self):
        """Return the variables that tests read: those that cross addons start servers
        and make databases of their own, and pytest-odoo copies the database."""
        return {
            "CRM_RELATIONS_ODOO": shlex.join(self.place.odoo.start),
            "CRM_RELATIONS_CONF": str(paths.CONFIGURATION),
            "CRM_RELATIONS_TEMPLATE": self.source,
            "CRM_RELATIONS_THOROUGH": "1" if self.options.thorough else "",
            **postgres.client_variables(self.place.databases.server),
        }


def _is_path(argument):
    return not argument.startswith("-") and Path(argument.split("::")[0]).exists()


def _absolute(argument):
    return str(Path(argument).absolute()) if _is_path(argument) else argument
