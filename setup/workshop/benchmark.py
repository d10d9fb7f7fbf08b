"""Run one benchmark inside Odoo; see workshop.inside."""

import importlib
import sys


def measure(env, folder, name, size):
    """Return the rows of a benchmark: what, seconds, reference and ratio."""
    sys.path.insert(0, folder)
    return importlib.import_module(name).run(env, size)
