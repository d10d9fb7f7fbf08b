"""Run one benchmark inside Odoo; see workshop.inside."""

import importlib
import sys


def measure(env, folder, name, size, *beside):
    """Return the rows of a benchmark: what, seconds, and where there is one: reference,
    ratio, ratio of the reference with itself.

    :param beside: names of databases to measure with in turns
    """
    return list(call(env, folder, name, "run", size, *beside))


def call(env, folder, name, function, *values):
    """Call a function of a module in the folder of the benchmarks."""
    sys.path.insert(0, folder)
    return getattr(importlib.import_module(name), function)(env, *values)
