"""CO-4, CO-8: a clock that several stop at once is stopped once, so is a pause begun; a
remedy is approved once, and two together not above the limit."""

from at_once import AtOnceCase
from parallel_complaints import AMOUNT, OFFICERS

from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestComplaintParallel(AtOnceCase):
    module = "parallel_complaints"

    def test_one_pause_one_stop(self):
        """One after the other: what stands still is stopped as well."""
        each = [[number] for number in range(OFFICERS)]
        self._run_at_once("pause", each)
        pauses = self.scratch.query("SELECT count(*) FROM crm_complaint_pause")
        self.assertEqual(pauses, [(1,)])
        self._run_at_once("contact", each)
        clocks = self.scratch.query(
            """
            SELECT clock.result, clock.stopped_at = min(event.at)
              FROM crm_complaint_clock AS clock
              JOIN crm_complaint_clock_kind AS kind ON kind.id = clock.kind_id
              JOIN crm_complaint_event AS event
                ON event.complaint_id = clock.complaint_id
               AND event.kind = 'contacted'
             WHERE kind.stop_event = 'contacted'
          GROUP BY clock.id
            """
        )
        self.assertEqual(clocks, [("met", True)])

    def test_a_remedy_that_several_approve_is_approved_once(self):
        self._run_at_once("approve", [[number, "One", 0] for number in range(OFFICERS)])
        self.assertEqual(self._get_remedies("One"), [("approved", AMOUNT)])
        told = self.scratch.query(
            """
            SELECT count(*) FROM mail_message
             WHERE model = 'crm.complaint' AND body LIKE '%Approved:%'
               AND res_id = (SELECT id FROM crm_complaint WHERE subject = 'One')
            """
        )
        self.assertEqual(told, [(1,)])

    def test_two_that_together_pass_the_limit_are_not_both_approved(self):
        self._run_at_once("approve", [[0, "Two", 0], [1, "Two", 1]])
        self.assertEqual(
            self._get_remedies("Two"), [("approved", AMOUNT), ("asked", AMOUNT)]
        )

    def test_two_that_together_pass_what_is_free_are_not_both_given(self):
        self._run_at_once("ask", [[0, "Free", 0], [1, "Free", 1]])
        self.assertEqual(
            self._get_remedies("Free"), [("approved", AMOUNT), ("asked", AMOUNT)]
        )

    def _get_remedies(self, subject):
        """Return state and granted sum of the remedies of a complaint, the approved
        ones first."""
        return self.scratch.query(
            """
            SELECT remedy.state, complaint.granted_amount::int
              FROM crm_complaint_remedy AS remedy
              JOIN crm_complaint AS complaint ON complaint.id = remedy.complaint_id
             WHERE complaint.subject = %s
          ORDER BY remedy.state
            """,
            [subject],
        )
