"""setup/bench install: what others wait for while the suite comes, changes and goes.

The database is Odoo's own with many contacts, as a company has it that works with Odoo
already; see tests/benchmark/company.py.
"""

import time

from workshop import manifests, paths, template
from workshop.onlookers import Onlookers

NAME = "crm_relations_bench_install"
FOLDER = str(paths.PROJECT / "tests" / "benchmark")
FILL = "workshop.benchmark:call"


def measure(place, size):
    """Return the rows of the benchmark: what, seconds, reference (none), ratio."""
    place.databases.drop(NAME)
    place.databases.copy(template.ensure(place), NAME)
    addons = manifests.addons()
    joined = ",".join(addons)
    try:
        _inside(place, "fill", size, title=f"Make {size} contacts")
        rows = [("heap of the contacts, MB", _get_heap(place), None, None)]
        rows += _watch(place, "install", lambda: _change(place, f"--init={joined}"))
        rows.append(("heap of the contacts, MB", _get_heap(place), None, None))
        rows += _watch(place, "take in", lambda: _inside(place, "take_in"))
        rows.append(("heap of the contacts, MB", _get_heap(place), None, None))
        rows += _watch(place, "update", lambda: _change(place, f"--update={joined}"))
        rows += _watch(place, "uninstall", lambda: _uninstall(place, addons))
        rows.append(("heap of the contacts, MB", _get_heap(place), None, None))
        return rows
    finally:
        place.databases.drop(NAME)


def _watch(place, title, do):
    onlookers = Onlookers(lambda: place.databases.connect(NAME))
    start = time.monotonic()
    with onlookers.working():
        do()
    rows = [(title, time.monotonic() - start, None, None)]
    for what, wait in onlookers.waits.items():
        failed = onlookers.failed[what]
        told = f", {failed} failed" if failed else ""
        rows.append((f"  longest wait to {what}{told}", wait, None, None))
    return rows


def _change(place, option):
    place.odoo.change(f"Run {option}", NAME, option)


def _inside(place, function, *values, title=None):
    call = [FOLDER, "company", function, *values]
    return place.odoo.inside(NAME, FILL, *call, title=title, log=function)


def _uninstall(place, addons):
    with place.databases.unvacuumed(NAME, "ir_module_module"):
        place.odoo.uninstall("Uninstall the addons", NAME, addons)


def _get_heap(place):
    with place.databases.connect(NAME) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT pg_relation_size('res_partner') / 1048576.0")
        (size,) = cursor.fetchone()
    connection.close()
    return float(size)
