from odoo.tests import HttpCase, tagged

from .common.clock import ClockCommon


@tagged("post_install", "-at_install")
class TestClockTour(ClockCommon, HttpCase):
    """Clocks in a browser: what is due next, waiting and going on."""

    def test_an_officer_lets_a_complaint_wait_and_go_on(self):
        self.policy.line_ids.filtered(lambda one: one.kind_id == self.contact).write(
            {"target": 90, "unit": "any_hour"}
        )
        self.policy.line_ids.filtered(
            lambda one: one.kind_id == self.solution
        ).target = 60
        complaint = self._register(user=self.olga, subject="Tour Rattle")
        self.start_tour(
            "/odoo/action-crm_relations_complaint.crm_complaint_action",
            "crm_relations_complaint_clock",
            login="olga",
            timeout=120,
        )
        self.assertEqual(complaint.pause_ids.reason, "Photos of the customer")
        self.assertTrue(complaint.pause_ids.ended_at)
        self.assertEqual(set(complaint.clock_ids.mapped("result")), {"running"})
