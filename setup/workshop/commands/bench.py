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
# Measured without our addons as well: what they cost those who do not use them.
BESIDE = ("bench_others",)
HEADER = ("what", "seconds", "reference", "ratio")
LINE = "{:<52} {:>9} {:>10} {:>7}"


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
        say(LINE.format(*map(_text, row)))
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="setup/bench",
        description="Measure on a scratch database and print one table. A ratio "
        "compares with a reference measured in the same run.",
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
    ours = _measure_on(place, name, size, manifests.addons())
    if name not in BESIDE:
        return ours
    without = {what: figure for what, figure in _measure_on(place, name, size, ())}
    return [
        (what, figure, without[what], figure / without[what]) for what, figure in ours
    ]


def _measure_on(place, name, size, addons):
    place.databases.drop(NAME)
    place.databases.copy(template.ensure(place), NAME)
    try:
        if addons:
            init = f"--init={','.join(addons)}"
            place.odoo.change("Install the addons", NAME, init)
        title = f"Measure {name} with {size} customers"
        if name in BESIDE:
            title += " and the addons" if addons else ", without the addons"
        call = "workshop.benchmark:measure"
        return place.odoo.inside(
            NAME, call, str(FOLDER), name, size, title=title, log=name
        )
    finally:
        place.databases.drop(NAME)


def _text(value):
    return (
        f"{value:.3g}"
        if abs(value) < 1
        else f"{value:.2f}"
        if isinstance(value, float)
        else ""
        if value is None
        else str(value)
    )
