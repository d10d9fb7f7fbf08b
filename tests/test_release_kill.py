"""PO-5, CA-3: nightly jobs are killed anywhere, and run twice at the same time.

Odoo itself starts a scheduled action once at a time; what two hosts may do is tried
on the method that the action calls.
"""

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
        self._check_killed_after_a_batch("release_job", batch=1000)

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        """PO-5"""
        self._check_killed_at_random("release", 5)

    def test_two_at_once_release_each_customer_once(self):
        """PO-5: several hosts of one database share the work."""
        self._run_twice_at_once("release")
        self.assertComplete()


@tagged("post_install", "-at_install")
class TestWaveKill(TestReleaseKill):
    """PO-1: the same where a pool takes so many a night: one wave, then it is done."""

    RESET = checks.RESET_WAVES
    TOTAL = checks.MOST

    def assertConsistent(self):
        super().assertConsistent()
        self.assertLessEqual(self._count(), checks.MOST)

    def assertComplete(self):
        super().assertComplete()
        self.assertNothing(checks.WRONG_NIGHTS)


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
        self._check_killed_after_a_batch("tier_job", batch=1000)

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        """SE-4"""
        self._check_killed_at_random("tiers", 4)

    def test_two_at_once_write_each_change_once(self):
        """SE-4: several hosts of one database."""
        self._check_twice_at_once("tiers")


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
        self._check_killed_after_a_batch("care_job")

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        """CA-3"""
        self._check_killed_at_random("care", 3, longest=2.0)

    def test_two_at_once_make_each_task_and_activity_once(self):
        """CA-3: several hosts of one database."""
        self._check_twice_at_once("care")


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
        self._check_killed_after_a_batch("care_job")

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        """CA-3"""
        self._check_killed_at_random("care", 7, longest=3.0)

    def test_two_at_once_send_each_message_once(self):
        """CA-3, CA-4: several hosts of one database."""
        self._check_twice_at_once("care")
