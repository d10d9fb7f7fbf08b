"""CA-8: a printing that is killed has marked nothing and left no file; or it has done
both, whenever that happens."""

import os
import random
import signal
import time

import gate
from scratch import Scratch, Workers

from odoo.tests import BaseCase, tagged

LETTERS = 4
PATIENCE = 60
DONE = """
    SELECT count(*) FROM crm_care_task
     WHERE channel = 'letter' AND state = 'done' AND letter_run_id IS NOT NULL
"""
OPEN = "SELECT count(*) FROM crm_care_task WHERE channel = 'letter' AND state = 'open'"
# Of each printing: its letters, what was marked with it, its files.
RUNS = """
    SELECT run.letter_count,
           (SELECT count(*) FROM crm_care_task WHERE letter_run_id = run.id),
           (SELECT count(*) FROM ir_attachment AS file
             WHERE file.res_model = 'crm.letter.run' AND file.res_id = run.id
               AND file.res_field IN ('letters', 'addresses', 'post_list')
               AND file.file_size > 0)
      FROM crm_letter_run AS run
"""
RESET = """
    UPDATE crm_care_task SET state = 'open', letter_run_id = NULL
     WHERE channel = 'letter';
    DELETE FROM crm_letter_run;
    DELETE FROM ir_attachment WHERE res_model = 'crm.letter.run';
"""


@tagged("post_install", "-at_install")
class TestLetterKill(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch = Scratch.with_addons()
        cls.addClassCleanup(cls.scratch.drop)
        cls.workers = cls.enterClassContext(Workers(cls.scratch, "parallel_letters"))
        cls.workers.run("fill")

    def setUp(self):
        super().setUp()
        self.scratch.query(RESET)

    def _count_done(self):
        """Return how many are done: each with its file, and no file without them."""
        [(done,)] = self.scratch.query(DONE)
        [(waiting,)] = self.scratch.query(OPEN)
        self.assertEqual(done + waiting, LETTERS)
        runs = self.scratch.query(RUNS)
        self.assertLessEqual(set(runs), {(LETTERS, LETTERS, 3)})
        self.assertEqual(done, LETTERS * len(runs))
        return done

    def _kill(self, process):
        os.kill(process, signal.SIGKILL)
        return self.workers.wait(process)

    def test_killed_before_its_end_nothing_is_marked_and_no_file_left(self):
        with gate.closed(self.scratch, 0):
            process = self.workers.start("print_files", "waits")
            deadline = time.monotonic() + PATIENCE
            while self.scratch.query(gate.WAITING) == [(0,)]:
                self.assertLess(time.monotonic(), deadline, self.workers.said())
                time.sleep(0.02)
            # All is written, nothing committed.
            self.assertEqual(self._kill(process), -signal.SIGKILL)
        self.assertEqual(self._count_done(), 0)
        self.workers.run("print_files")
        self.assertEqual(self._count_done(), LETTERS)

    def test_killed_at_random_moments_each_is_printed_once(self):
        moments = random.Random(8)
        for _round in range(5):
            process = self.workers.start("print_files")
            time.sleep(moments.uniform(0.1, 2.5))
            self._kill(process)
            self._count_done()
        self.workers.run("print_files")
        self.assertEqual(self._count_done(), LETTERS)
        self.workers.run("print_files")
        self.assertEqual(self._count_done(), LETTERS)
