"""CA-8: of two who print the same letters at once, each letter is printed once."""

from at_once import AtOnceCase

from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestLetterParallel(AtOnceCase):
    module = "parallel_letters"

    def test_each_letter_is_printed_once(self):
        self._run_at_once("print_letters", [[0], [1]])
        [(printed, runs)] = self.scratch.query(
            "SELECT sum(letter_count), count(*) FROM crm_letter_run"
        )
        self.assertEqual(printed, 4)
        self.assertIn(runs, (1, 2))
        rows = self.scratch.query(
            "SELECT state, count(*) FROM crm_care_task WHERE letter_run_id IS NOT NULL"
            " GROUP BY state"
        )
        self.assertEqual(rows, [("done", 4)])
