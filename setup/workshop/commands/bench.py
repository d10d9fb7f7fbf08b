"""setup/bench: measure the benchmarks of tests/benchmark on a scratch database."""

import argparse

from workshop import (
    environment,
    install_benchmark,
    manifests,
    paths,
    template,
    workplace,
)
from workshop.console import Problem, say
from workshop.locks import locked

NAME = "crm_relations_bench"
INSTALL = "install"
FOLDER = paths.PROJECT / "tests" / "benchmark"
# Measured without our addons as well, and that against itself: what they cost those
# who do not use them.
BESIDE = ("bench_others",)
HEADER = ("what", "seconds", "reference", "ratio", "itself")
LINE = "{:<52} {:>9} {:>10} {:>7} {:>7}"


def main(arguments):
    options = _parser().parse_args(arguments)
    environment.enter("bench", arguments)
    rows = []
    with locked(paths.private_folder() / "bench.lock", "measuring in this checkout"):
        with workplace.opened([]) as place:
            for name in _benchmarks(options.name):
                rows += _measure(place, name, options.size)
            if options.name in (None, INSTALL):
                rows += install_benchmark.measure(place, options.size)
    for row in [HEADER, *rows]:
        filled = [*map(_text, row), *[""] * (len(HEADER) - len(row))]
        say(LINE.format(*filled).rstrip())
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="setup/bench",
        description="Measure on a scratch database and print one table. A ratio "
        "compares with a reference measured in the same run; itself is the ratio of "
        "the reference and another one that is the same.",
    )
    parser.add_argument(
        "name",
        nargs="?",
        help="one of tests/benchmark/bench_NAME.py, or install: what others wait "
        "for meanwhile",
    )
    parser.add_argument("--size", type=int, default=100_000, help="customers")
    return parser


def _benchmarks(name):
    names = sorted(path.stem for path in FOLDER.glob("bench_*.py"))
    chosen = [found for found in names if name in (None, found, found[len("bench_") :])]
    if not chosen and name != INSTALL:
        known = ", ".join([*names, INSTALL])
        raise Problem(f"There is no such benchmark in {FOLDER}; there: {known}.")
    return chosen


def _measure(place, name, size):
    beside = [f"{NAME}_without", f"{NAME}_again"] if name in BESIDE else []
    names = [NAME, *beside]
    try:
        for database in names:
            place.databases.drop(database)
            place.databases.copy(template.ensure(place), database)
        init = f"--init={','.join(manifests.addons())}"
        place.odoo.change("Install the addons", NAME, init)
        call = "workshop.benchmark:measure"
        values = str(FOLDER), name, size, *beside
        title = f"Measure {name} with {size} customers"
        if beside:
            title += ", with the addons and without"
        return place.odoo.inside(NAME, call, *values, title=title, log=name)
    finally:
        for database in names:
            place.databases.drop(database)


def _text(value):
    if not isinstance(value, float):
        return "" if value is None else str(value)
    # Of less than one, what counts stands behind the second place.
    return f"{value:.3g}" if abs(value) < 1 else f"{value:.2f}"
