"""A gate in the database: several processes come to it, and all pass at once.

A moment agreed on beforehand is one that a busy machine misses.
"""

import contextlib
import time

from odoo.service.model import retrying

NUMBER = 20_260_601  # of the lock that is the gate
PATIENCE = 120
WAITING = f"""
    SELECT count(*) FROM pg_locks
     WHERE locktype = 'advisory' AND objid = {NUMBER} AND NOT granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def come_to(env):
    """Wait until the gate is open; by a connection of its own, so that a transaction
    goes on with what it has read before."""
    with env.registry.cursor() as cr:
        cr.execute("SELECT pg_advisory_xact_lock_shared(%s)", [NUMBER])


def act(env, step, *refused):
    """Come to the gate with a transaction that has begun, and take a step after it; as
    Odoo does, again where somebody else was faster.

    :param refused: errors by which who comes too late may be told so
    """
    env["res.partner"].search([], limit=1).read(["name"])
    come_to(env)
    try:
        return retrying(step, env)
    except refused:
        env.cr.rollback()


@contextlib.contextmanager
def closed(scratch, expected):
    """Keep the gate closed during the block, and then until ``expected`` have come."""
    with contextlib.closing(scratch.connect()) as connection:
        connection.cursor().execute("SELECT pg_advisory_lock(%s)", [NUMBER])
        yield
        wait_for(scratch, expected)


def wait_for(scratch, expected):
    """Wait until so many stand before the gate."""
    deadline = time.monotonic() + PATIENCE
    while scratch.query(WAITING)[0][0] < expected and time.monotonic() < deadline:
        time.sleep(0.02)
