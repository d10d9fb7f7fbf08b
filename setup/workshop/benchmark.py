"""Run one benchmark inside Odoo; see workshop.inside."""

import importlib
import sys
from pathlib import Path


def measure(env, folder, name, size, *beside):
    """Return the rows of a benchmark: what, seconds, and where there is one: reference,
    ratio, ratio of the reference with itself.

    :param beside: names of databases to measure with in turns
    """
    return list(call(env, folder, name, "run", size, *beside))


def call(env, folder, name, function, *values):
    """Call a function of a module in the folder of the benchmarks."""
    # Some fill the database as tests do, with what stands beside the folder.
    sys.path[:0] = [folder, str(Path(folder).parent)]
    return getattr(importlib.import_module(name), function)(env, *values)
