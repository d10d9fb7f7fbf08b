"""CO-5: each level is told once, whoever escalates and whenever it is killed."""

import os
import random
import signal
import time

from escalations import COUNT, LEVELS
from scratch import Scratch, Workers

from odoo.tests import BaseCase, tagged

PATIENCE = 60
BUSY = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND state <> 'idle'
"""
RESET = """
    DELETE FROM mail_message WHERE message_type = 'user_notification';
    DELETE FROM mail_activity WHERE res_model = 'crm.complaint';
    DELETE FROM crm_complaint_escalation;
    UPDATE crm_complaint_clock SET escalate_at = deadline_at + interval '1 minute'
     WHERE result = 'running';
"""
# Of each clock: how many lines of the log, activities and notifications.
TOLD = """
    SELECT (SELECT count(*) FROM crm_complaint_escalation WHERE clock_id = clock.id),
           (SELECT count(*) FROM mail_activity
             WHERE res_model = 'crm.complaint' AND res_id = clock.complaint_id),
           (SELECT count(*)
              FROM mail_message AS message
              JOIN mail_notification AS note ON note.mail_message_id = message.id
             WHERE message.model = 'crm.complaint'
               AND message.message_type = 'user_notification'
               AND message.res_id = clock.complaint_id)
      FROM crm_complaint_clock AS clock
     WHERE clock.result = 'running'
"""
ALL, NONE = (LEVELS,) * 3, (0, 0, 0)


@tagged("post_install", "-at_install")
class TestEscalationKill(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch = Scratch.with_addons()
        cls.addClassCleanup(cls.scratch.drop)
        cls.workers = cls.enterClassContext(Workers(cls.scratch, "escalations"))
        cls.workers.run("fill")

    def setUp(self):
        super().setUp()
        self.scratch.query(RESET)

    def _count_told(self):
        """Return of how many clocks all levels have been told; of none a part, or one
        twice."""
        told = self.scratch.query(TOLD)
        self.assertLessEqual(set(told), {NONE, ALL})
        return told.count(ALL)

    def _wait_for_the_first(self):
        deadline = time.monotonic() + PATIENCE
        while not self._count_told() and time.monotonic() < deadline:
            time.sleep(0.005)

    def _kill(self, process):
        """Kill a process, and wait until its connection is gone as well."""
        os.kill(process, signal.SIGKILL)
        code = self.workers.wait(process)
        deadline = time.monotonic() + PATIENCE
        while self.scratch.query(BUSY)[0][0] and time.monotonic() < deadline:
            time.sleep(0.02)
        return code == -signal.SIGKILL

    def test_two_at_once_tell_each_level_once(self):
        processes = [self.workers.start("escalate") for _host in range(2)]
        codes = [self.workers.wait(process) for process in processes]
        self.assertEqual(codes, [0, 0], self.workers.said())
        self.assertEqual(self._count_told(), COUNT)

    def test_killed_after_a_batch_the_others_are_told_and_nobody_twice(self):
        process = self.workers.start("escalate")
        self._wait_for_the_first()
        self.assertTrue(self._kill(process), self.workers.said())
        told = self._count_told()
        self.assertGreater(told, 0)
        self.assertLess(told, COUNT)
        for _again in range(2):
            self.workers.run("escalate")
            self.assertEqual(self._count_told(), COUNT)

    def test_killed_at_random_moments_it_comes_to_the_end(self):
        moments = random.Random(5)
        for _round in range(3):
            process = self.workers.start("escalate")
            time.sleep(moments.uniform(0.05, 1.0))
            self._kill(process)
            self._count_told()
        self.workers.run("escalate")
        self.assertEqual(self._count_told(), COUNT)
