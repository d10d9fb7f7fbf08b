"""CA-8: a printing that is killed has marked nothing and left no file; or it has done
both, whenever that happens."""

import gate
from nightly import FilledNightlyCase
from parallel_letters import LETTERS

from odoo.tests import tagged

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
class TestLetterKill(FilledNightlyCase):
    WORLD = "parallel_letters"
    RESET = RESET
    DONE = DONE
    TOTAL = LETTERS

    def assertConsistent(self):
        """What is done has its files, and there are none without it."""
        runs = self.query(RUNS)
        self.assertLessEqual(set(runs), {(LETTERS, LETTERS, 3)})
        self.assertEqual(self._count(), LETTERS * len(runs))
        self.assertEqual(self.query(OPEN), [(LETTERS - self._count(),)])

    def test_killed_before_its_end_nothing_is_marked_and_no_file_left(self):
        with gate.closed(self.scratch, 0):
            process = self.workers.start("print_files", "waits")
            gate.wait_for(self.scratch, 1)
            # All is written, nothing committed; its connection waits at the gate.
            self.assertTrue(self.workers.strike(process), self.workers.said())
        self.assertConsistent()
        self.assertEqual(self._count(), 0)
        self.workers.run("print_files")
        self.assertComplete()

    def test_killed_at_random_moments_each_is_printed_once(self):
        self._check_killed_at_random("print_files", 8, longest=2.5)
        self.workers.run("print_files")
        self.assertComplete()
