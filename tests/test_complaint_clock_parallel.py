"""CO-4: a clock that several stop at once is stopped once; so is a pause begun."""

from at_once import AtOnceCase
from parallel_clocks import OFFICERS

from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestComplaintClockParallel(AtOnceCase):
    module = "parallel_clocks"

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
