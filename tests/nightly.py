"""What the tests of killed nightly jobs share: a database, processes, a killer."""

import contextlib
import random
import time

from night_checks import CUSTOMERS
from scratch import Scratch, Workers

from odoo.tests import BaseCase

# Gives the killer time to strike between two batches, and two at once to meet; who is
# not disturbed does not wait.
SLEEP = """
    CREATE OR REPLACE FUNCTION slow_down() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep({}); RETURN NULL; END $$
"""
SLOW_DOWN = f"""
    {SLEEP.format(0)};
    CREATE TRIGGER slow_down AFTER INSERT ON crm_ownership_change
    FOR EACH STATEMENT EXECUTE FUNCTION slow_down();
    CREATE TRIGGER slow_down AFTER INSERT ON crm_tier_change
    FOR EACH STATEMENT EXECUTE FUNCTION slow_down();
"""


def make_world():
    """Return a database with ``CUSTOMERS`` customers on the evening before."""
    scratch = Scratch.with_addons()
    try:
        scratch.call("night:fill", CUSTOMERS)
        scratch.query(SLOW_DOWN)
    except BaseException:
        scratch.drop()
        raise
    return scratch


class NightlyCase(BaseCase):
    """Runs and kills one job of the module ``WORLD`` in the database ``scratch``, set
    by the module of the test."""

    WORLD = "night"
    DONE = RESET = ""
    TOTAL = 0
    scratch = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workers = cls.enterClassContext(Workers(cls.scratch, cls.WORLD))

    def setUp(self):
        super().setUp()
        self.query = self.scratch.query
        self.query(self.RESET)

    def assertConsistent(self):
        raise NotImplementedError

    def assertComplete(self):
        self.assertConsistent()
        self.assertEqual(self._count(), self.TOTAL)

    def assertNothing(self, statement):
        self.assertEqual(self.query(statement)[:5], [])

    def _count(self):
        return self.query(self.DONE)[0][0]

    @contextlib.contextmanager
    def _slowed_down(self):
        self.query(SLEEP.format(0.1))
        try:
            yield
        finally:
            self.query(SLEEP.format(0))

    def _kill_between_batches(self, job):
        """Kill ``job`` once a batch is there; return what it had done by then."""
        self.workers.kill_once(self._count, job)
        done = self._count()
        self.assertGreater(done, 0)
        self.assertLess(done, self.TOTAL)
        return done

    def _kill_at_random(self, job, moments, rounds=5, longest=1.0):
        """Kill ``job`` again and again; what it leaves is consistent every time."""
        for _round in range(rounds):
            process = self.workers.start(job)
            time.sleep(moments.uniform(0.05, longest))
            self.workers.kill(process)
            self.assertConsistent()

    def _check_killed_after_a_batch(self, job, batch=1):
        """Kill ``job`` after a batch: it goes on from there and doubles nothing.

        :param batch: of how many at once it consists
        """
        with self._slowed_down():
            done = self._kill_between_batches(job)
        self.assertConsistent()
        self.assertEqual(done % batch, 0)
        self.workers.run(job)
        self.assertComplete()

    def _check_killed_at_random(self, job, seed, longest=1.0):
        """Kill ``job`` at random moments: it comes to the end all the same."""
        with self._slowed_down():
            self._kill_at_random(job, random.Random(seed), longest=longest)
        self.workers.run(job)
        self.assertComplete()

    def _check_twice_at_once(self, job):
        """Run ``job`` on several hosts of one database: all is done, and once."""
        self._run_twice_at_once(job)
        self.workers.run(job)  # what was locked by the other waits for a night
        self.assertComplete()

    def _run_twice_at_once(self, job):
        with self._slowed_down():
            self.workers.run_twice(job)
        self.assertConsistent()


class FilledNightlyCase(NightlyCase):
    """In a database of its own, which ``fill`` of ``WORLD`` has filled."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = Scratch.with_addons()
        cls.addClassCleanup(cls.scratch.drop)
        super().setUpClass()
        cls.workers.run("fill")
