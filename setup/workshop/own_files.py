"""A plugin of pytest: each process side by side has the files of its database alone.

pytest-odoo lets the copies of a database share the files of the original. Odoo deletes
files that its database does not name, and so one process took the other's bundles away.
"""

import contextlib

import pytest_odoo

from workshop import databases


@contextlib.contextmanager
def own_files(original, name):
    """Keep files for the database ``name``, a copy of ``original``, while in use."""
    if name == original:
        yield
        return
    databases.copy_files(original, name)
    try:
        yield
    finally:
        databases.drop_files(name)


pytest_odoo._shared_filestore = own_files
