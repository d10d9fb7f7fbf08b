"""setup/test: run the tests on a fresh database."""

import argparse
import shlex
import sys
from pathlib import Path

from workshop import environment, paths, processes, template, test_database, workplace
from workshop.console import Problem, say
from workshop.locks import locked
from workshop.manifests import addons
from workshop.system_packages import CHINESE_FONT, CHROMIUM, WKHTMLTOPDF

LOCK = paths.PRIVATE / "test.lock"
OPTIONS = ("-p", "workshop.judge", "--odoo-http", "--odoo-log-level=error")
LOOK = ("--durations=15", "--durations-min=0.2", "-ra")
OTHERS = ("-W", "ignore:'crypt' is deprecated")


def main(arguments):
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
            return _run(place, source, _pytest_argv(database, options.fast, rest))


def _parser():
    parser = argparse.ArgumentParser(
        prog="setup/test",
        allow_abbrev=False,
        description="Prepare what is missing, then run the tests of the addons and of "
        "the folder tests, or those of the given files, on a fresh database.",
        epilog="Everything else is handed to pytest: PATH ..., -k WORDS, -x and so on.",
    )
    parser.add_argument(
        "--fast", action="store_true", help="leave out the tours in the browser"
    )
    parser.add_argument(
        "--reuse",
        action="store_true",
        help="keep the last test database and only update the addons in it",
    )
    return parser


def _pytest_argv(database, fast, rest):
    argv = [sys.executable, "-m", "pytest", *OPTIONS]
    argv += ["-o", f"cache_dir={paths.PRIVATE / 'pytest'}", *LOOK, *OTHERS]
    argv += [f"--odoo-database={database}", f"--odoo-config={paths.CONFIGURATION}"]
    if fast:
        argv.append("--no-tours")
    rest = [_absolute(argument) for argument in rest]
    chosen = list(filter(_is_path, rest))
    if all(Path(path).is_relative_to(paths.PROJECT) for path in chosen):
        argv.append(f"--rootdir={paths.PROJECT}")
    return [*argv, *rest, *([] if chosen else _all_tests())]


def _is_path(argument):
    return not argument.startswith("-") and Path(argument.split("::")[0]).exists()


def _absolute(argument):
    return str(Path(argument).absolute()) if _is_path(argument) else argument


def _all_tests():
    names = [*(f"{name}/tests" for name in addons()), "tests"]
    return [name for name in names if (paths.PROJECT / name).exists()]


def _run(place, source, argv):
    say("- Run the tests")
    # Tests that cross addons start servers and make databases of their own with these.
    told = {
        "CRM_RELATIONS_ODOO": shlex.join(place.odoo.start),
        "CRM_RELATIONS_CONF": str(paths.CONFIGURATION),
        "CRM_RELATIONS_TEMPLATE": source,
    }
    return processes.call(argv, None, told, cwd=paths.PROJECT)
