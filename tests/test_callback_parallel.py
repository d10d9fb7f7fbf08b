"""CB-1, CB-2: several agents, several hosts, and a job that is killed."""

import random
import time

from at_once import AtOnceCase
from parallel_callbacks import CALLS, CUSTOMERS

from odoo.tests import tagged

MADE = "SELECT count(*), count(DISTINCT partner_id) FROM crm_callback"


@tagged("post_install", "-at_install")
class TestCallbackParallel(AtOnceCase):
    module = "parallel_callbacks"

    def _forget(self):
        self.scratch.query("DELETE FROM crm_callback")

    def assertComplete(self):
        self.assertEqual(self.scratch.query(MADE), [(CUSTOMERS, CUSTOMERS)])
        unfinished = "SELECT count(*) FROM crm_callback WHERE number IS NULL"
        self.assertEqual(self.scratch.query(unfinished), [(0,)])

    def test_1_two_hosts_make_each_callback_once(self):
        """CB-1"""
        self._forget()
        processes = [self.workers.start("generate") for _host in range(2)]
        for process in processes:
            self.workers.wait(process)
        self.workers.run("generate")
        self.assertComplete()

    def test_2_killed_at_random_moments_the_job_comes_to_the_end(self):
        """CB-1: what was made stays, nothing is made twice."""
        self._forget()
        seeded = random.Random(7)
        before = 0
        for _try in range(4):
            process = self.workers.start("generate")
            time.sleep(seeded.uniform(0.05, 0.6))
            self.workers.kill(process)
            [(count, customers)] = self.scratch.query(MADE)
            self.assertEqual(count, customers)
            self.assertGreaterEqual(count, before)
            before = count
        self.workers.run("generate")
        self.assertComplete()

    def test_3_many_agents_at_once_get_different_calls(self):
        """CB-2: twice as many agents as calls."""
        self.workers.run("leave_few")
        self._run_at_once("take", [[number] for number in range(2 * CALLS)])
        rows = self.scratch.query(
            "SELECT count(*), count(DISTINCT reserved_by_id) FROM crm_callback"
            " WHERE reserved_by_id IS NOT NULL"
        )
        [(taken, agents)] = rows
        self.assertEqual(taken, agents)
        # A skipped row may be the last one; whoever asks again gets it.
        for number in range(2 * CALLS):
            self.workers.run("take", number)
        rows = self.scratch.query(
            "SELECT count(*), count(DISTINCT reserved_by_id) FROM crm_callback"
            " WHERE reserved_by_id IS NOT NULL"
        )
        self.assertEqual(rows, [(CALLS, CALLS)])

    def test_4_a_call_saved_from_several_tabs_is_saved_once(self):
        """CB-3"""
        self.workers.run("take_for_record")
        self._run_at_once("record", [["T-1"]] * 4)
        rows = self.scratch.query(
            "SELECT (SELECT count(*) FROM crm_callback_attempt),"
            " (SELECT count(*) FROM crm_followup WHERE callback_id IS NOT NULL)"
        )
        self.assertEqual(rows, [(1, 1)])
