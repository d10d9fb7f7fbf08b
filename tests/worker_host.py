"""Runs inside Odoo, at the other end of ``scratch.Workers``."""

import gc
import importlib
import os
import shlex
import sys
import traceback

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry


def serve(env):
    """Obey the lines of standard input until it is closed:

    ``start MODULE FUNCTION [ARGUMENT ...]`` answers with the id of a new process,
    ``wait ID`` with its exit code.

    The database may be replaced by another of the same name and models meanwhile.
    """
    database = env.cr.dbname
    env.cr.rollback()
    sql_db.close_all()  # a forked process shares no connection
    # Nor does it go through all of Odoo, for garbage that none of it is: the memory
    # that it shares would have to be copied, page by page.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        order, name, *arguments = shlex.split(line)
        if order == "start":
            function = getattr(importlib.import_module(name), arguments[0])
            answer = _start(function, database, arguments[1:])
        else:
            _pid, status = os.waitpid(int(name), 0)
            answer = os.waitstatus_to_exitcode(status)
        print(answer, flush=True)
    os._exit(0)


def _start(function, database, arguments):
    process = os.fork()
    if process:
        return process
    try:
        registry = Registry(database)
        # What was kept before the database was filled; nobody else has to know.
        registry.clear_all_caches()
        registry.cache_invalidated.clear()
        with registry.cursor() as cr:
            function(api.Environment(cr, SUPERUSER_ID, {}), *arguments)
    except BaseException:  # pylint: disable=broad-exception-caught
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)
