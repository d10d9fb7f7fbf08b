"""PO-5, CA-3: nightly jobs are killed anywhere, and run twice at the same time.

Odoo itself starts a scheduled action once at a time; what two hosts may do is tried
on the method that the action calls.
"""

import random

import night_checks as checks
from nightly import NightlyCase, make_world

from odoo.tests import tagged


def setUpModule():
    NightlyCase.scratch = make_world()


def tearDownModule():
    NightlyCase.scratch.drop()


@tagged("post_install", "-at_install")
class TestReleaseKill(NightlyCase):
    DONE = checks.RELEASED
    RESET = checks.RESET_RELEASE
    TOTAL = checks.DUE

    def assertConsistent(self):
        self.assertNothing(checks.WRONG_CUSTOMERS)
        self.assertNothing(checks.WRONG_CONTACTS)
        self.assertNothing(checks.WRONG_MOVES)
        self.assertNothing(checks.WRONG_HIDDEN)
        self.assertNothing(checks.WRONG_HOLDINGS)
        self.assertEqual(self.query(checks.HOLDINGS), [(1,)])

    def assertComplete(self):
        super().assertComplete()
        self.assertEqual(self.query(checks.BATCHES), [(1, self.TOTAL)])

    def test_killed_after_a_batch_it_goes_on_and_doubles_nothing(self):
        """PO-5"""
        done = self._kill_between_batches("release_job")
        self.assertConsistent()
        self.assertEqual(done % 1000, 0)
        self.workers.run("release_job")
        self.assertComplete()

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        """PO-5"""
        self._kill_at_random("release", random.Random(5))
        self.workers.run("release")
        self.assertComplete()

    def test_two_at_once_release_each_customer_once(self):
        """PO-5: several hosts of one database share the work."""
        self._run_twice_at_once("release")
        self.assertComplete()


@tagged("post_install", "-at_install")
class TestTierKill(NightlyCase):
    DONE = checks.TIERED
    RESET = checks.RESET_TIERS
    TOTAL = checks.CUSTOMERS

    def assertConsistent(self):
        self.assertNothing(checks.WRONG_TIERS)

    def assertComplete(self):
        super().assertComplete()
        self.workers.run("tiers")  # decides the same, so there is nothing to change
        self.assertEqual(self._count(), self.TOTAL)

    def test_killed_after_a_batch_it_goes_on_and_doubles_nothing(self):
        """SE-4: the ledger tells of every change of tier, once."""
        done = self._kill_between_batches("tier_job")
        self.assertConsistent()
        self.assertEqual(done % 1000, 0)
        self.workers.run("tier_job")
        self.assertComplete()

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        """SE-4"""
        self._kill_at_random("tiers", random.Random(4))
        self.workers.run("tiers")
        self.assertComplete()

    def test_two_at_once_write_each_change_once(self):
        """SE-4: several hosts of one database."""
        self._run_twice_at_once("tiers")
        self.workers.run("tiers")  # what was locked by the other waits for a night
        self.assertComplete()


@tagged("post_install", "-at_install")
class TestCareKill(NightlyCase):
    DONE = checks.CARED
    RESET = checks.RESET_CARE
    TOTAL = checks.PERSONS

    def assertConsistent(self):
        self.assertNothing(checks.WRONG_ACTIVITIES)

    def assertComplete(self):
        super().assertComplete()
        self.assertEqual(self.query(checks.TASKS), [(self.TOTAL, self.TOTAL)])

    def test_killed_after_a_batch_it_goes_on_and_doubles_nothing(self):
        """CA-3: exactly once per rule, customer and occasion."""
        self._kill_between_batches("care_job")
        self.assertConsistent()
        self.workers.run("care_job")
        self.assertComplete()

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        """CA-3"""
        self._kill_at_random("care", random.Random(3), longest=2.0)
        self.workers.run("care")
        self.assertComplete()

    def test_two_at_once_make_each_task_and_activity_once(self):
        """CA-3: several hosts of one database."""
        self._run_twice_at_once("care")
        self.workers.run("care")
        self.assertComplete()


@tagged("post_install", "-at_install")
class TestCareMessageKill(NightlyCase):
    """Two rules reach for the same customers on the same day."""

    DONE = checks.TOUCHED
    RESET = checks.RESET_MESSAGES
    TOTAL = checks.PERSONS

    def assertConsistent(self):
        self.assertNothing(checks.WRONG_MESSAGES)
        self.assertNothing(checks.LOST_MESSAGES)

    def assertComplete(self):
        super().assertComplete()
        self.assertNothing(checks.WRONG_WINNERS)
        self.assertEqual(self.query(checks.TASKS), [(2 * self.TOTAL, self.TOTAL)])

    def test_killed_after_a_batch_it_goes_on_and_doubles_nothing(self):
        """CA-3: text messages exist once, CA-4: one touch a day."""
        self._kill_between_batches("care_job")
        self.assertConsistent()
        self.workers.run("care_job")
        self.assertComplete()

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        """CA-3"""
        self._kill_at_random("care", random.Random(7), longest=3.0)
        self.workers.run("care")
        self.assertComplete()

    def test_two_at_once_send_each_message_once(self):
        """CA-3, CA-4: several hosts of one database."""
        self._run_twice_at_once("care")
        self.workers.run("care")
        self.assertComplete()
