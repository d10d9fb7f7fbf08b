"""Run one benchmark inside Odoo; see workshop.inside."""

import importlib
import sys


def measure(env, folder, name, size):
    """Return the rows of a benchmark: what, seconds, reference and ratio."""
    return call(env, folder, name, "run", size)


def call(env, folder, name, function, *values):
    """Call a function of a module in the folder of the benchmarks."""
    sys.path.insert(0, folder)
    return getattr(importlib.import_module(name), function)(env, *values)
