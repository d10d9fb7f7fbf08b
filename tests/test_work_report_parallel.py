"""FU-10: a report is handed in once, and read or taken back, never both."""

from at_once import AtOnceCase

from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestWorkReportParallel(AtOnceCase):
    module = "parallel_reports"

    def _get_report(self, columns="state"):
        [row] = self.scratch.query(
            f"SELECT {columns} FROM crm_work_report WHERE kind = 'daily'"  # noqa: S608
        )
        return row

    def test_one_report_one_fate(self):
        """One after the other, as each step needs the one before."""
        self._run_at_once("hand_in", [[]] * 3)
        self.assertEqual(
            self._get_report("state, figures IS NOT NULL"), ("handed_in", True)
        )
        self._run_all_at_once([["take_back"], ["mark_read"]])
        state, kept, read = self._get_report(
            "state, figures IS NOT NULL AND figures <> 'false', read_at IS NOT NULL"
        )
        self.assertIn(
            (state, kept, read), [("draft", False, False), ("read", True, True)]
        )

    def test_several_workers_ask_for_one_report(self):
        self.workers.run("add_duty")
        self._run_at_once("ask", [[]] * 3)
        rows = self.scratch.query(
            "SELECT count(*) FROM crm_work_report WHERE kind = 'weekly'"
        )
        self.assertEqual(rows, [(1,)])
