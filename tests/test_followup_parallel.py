"""FU-3, FU-4, FU-5: the same thing at the same time happens once."""

from at_once import AtOnceCase
from parallel_followups import VISITORS

from odoo.tests import tagged

PROCESSES = 5


@tagged("post_install", "-at_install")
class TestFollowupParallel(AtOnceCase):
    module = "parallel_followups"

    def test_a_call_that_is_sent_several_times_is_logged_once(self):
        """FU-4: and all get the same id."""
        self._run_at_once("log_call", [["A-1"]] * PROCESSES)
        rows = self.scratch.query(
            "SELECT count(*) FROM crm_followup WHERE call_id = 'A-1'"
        )
        self.assertEqual(rows, [(1,)])

    def test_many_calls_of_one_customer_are_all_logged(self):
        """FU-4"""
        names = [[f"B-{number}"] for number in range(PROCESSES)]
        self._run_at_once("log_call", names)
        rows = self.scratch.query(
            "SELECT count(*) FROM crm_followup WHERE call_id LIKE 'B-%'"
        )
        self.assertEqual(rows, [(PROCESSES,)])

    def test_several_taps_are_one_visit(self):
        """FU-5"""
        self._run_at_once("check_in", [[]] * PROCESSES)
        rows = self.scratch.query(
            "SELECT count(*) FROM crm_followup WHERE check_in_at IS NOT NULL"
        )
        self.assertEqual(rows, [(1,)])

    def test_several_desks_hand_over_to_different_consultants(self):
        """FU-3"""
        self._run_at_once("hand_over", [[number] for number in range(VISITORS)])
        rows = self.scratch.query(
            "SELECT count(*), count(DISTINCT consultant_id) FROM crm_reception"
            " WHERE received_at IS NOT NULL"
        )
        self.assertEqual(rows, [(VISITORS, VISITORS)])

    def test_the_only_consultant_gets_the_visitors_of_several_desks(self):
        """FU-3: a desk that is being served at the same moment is not "nobody"."""
        self.workers.run("leave_one_consultant")
        self._run_at_once("hand_over_to_the_only_one", [[0], [1]])
        rows = self.scratch.query(
            "SELECT count(*), count(DISTINCT consultant_id) FROM crm_reception"
            " WHERE received_at IS NOT NULL AND name LIKE 'Waiting%'"
        )
        self.assertEqual(rows, [(2, 1)])
