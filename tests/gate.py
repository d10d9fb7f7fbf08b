"""A gate in the database: several processes come to it, and all pass at once.

A moment agreed on beforehand is one that a busy machine misses.
"""

import contextlib
import time

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


@contextlib.contextmanager
def closed(scratch, expected):
    """Keep the gate closed during the block, and then until ``expected`` have come."""
    with contextlib.closing(scratch.connect()) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT pg_advisory_lock(%s)", [NUMBER])
        yield
        deadline = time.monotonic() + PATIENCE
        waiting = 0
        while waiting < expected and time.monotonic() < deadline:
            time.sleep(0.02)
            cursor.execute(WAITING)
            [(waiting,)] = cursor.fetchall()
