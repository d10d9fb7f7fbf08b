"""What the tests of killed nightly jobs share."""

import os
import signal
import time

from scratch import ADDONS, Scratch, Workers

from odoo.tests import BaseCase

CUSTOMERS = 5000
DUE = CUSTOMERS - CUSTOMERS // 7  # see night.FRESH
PATIENCE = 60
# Gives the observer time to strike between two batches.
SLOW_DOWN = """
    CREATE FUNCTION slow_down() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(0.1); RETURN NULL; END $$;
    CREATE TRIGGER slow_down AFTER INSERT ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION slow_down();
"""
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND state <> 'idle'
"""


class NightlyCase(BaseCase):
    """A database of ``CUSTOMERS`` customers of whom ``DUE`` are due for release."""

    LEDGER = DONE = RESET = ""
    due = DUE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch = Scratch("night")
        cls.addClassCleanup(cls.scratch.drop)
        cls.scratch.odoo(f"--init={','.join(ADDONS)}")
        cls.workers = cls.enterClassContext(Workers(cls.scratch, "night"))
        cls.workers.run("fill", CUSTOMERS)
        cls.scratch.query(SLOW_DOWN.format(table=cls.LEDGER))

    def setUp(self):
        super().setUp()
        self.scratch.query(self.RESET)

    def _count(self):
        return self.scratch.query(self.DONE)[0][0]

    def _kill(self, process):
        """Kill a process, wait until its connection is gone as well, and return
        whether it was still at work."""
        os.kill(process, signal.SIGKILL)
        killed = self.workers.wait(process) == -signal.SIGKILL
        deadline = time.monotonic() + PATIENCE
        while self.scratch.query(OTHERS)[0][0] and time.monotonic() < deadline:
            time.sleep(0.02)
        return killed

    def _kill_between_batches(self, job):
        """Kill ``job`` once a batch is there; return what it had done by then."""
        process = self.workers.start(job)
        deadline = time.monotonic() + PATIENCE
        while not self._count() and time.monotonic() < deadline:
            time.sleep(0.005)
        killed = self._kill(process)
        done = self._count()
        self.assertTrue(killed, self.workers.said())
        self.assertGreater(done, 0)
        self.assertLess(done, self.due)
        return done

    def _kill_at_random(self, job, moments, rounds):
        """Kill ``job`` again and again; what it leaves is consistent every time."""
        for _round in range(rounds):
            process = self.workers.start(job)
            time.sleep(moments.uniform(0.05, 1.2))
            self._kill(process)
            self.assertConsistent()

    def _run_twice_at_once(self, job):
        processes = [self.workers.start(job), self.workers.start(job)]
        codes = [self.workers.wait(process) for process in processes]
        self.assertEqual(codes, [0, 0], self.workers.said())
