from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged

from .common.effects import EffectsCommon


@tagged("post_install", "-at_install")
class TestDeskTour(EffectsCommon, HttpCase):
    def test_an_officer_works_on_the_desk(self):
        """Accepts what is handed to her, contacts who waits, and nothing needs two
        forms."""
        with freeze_time(fields.Datetime.now() - timedelta(days=10)):
            late = self._register(user=self.olga, subject="Tour Late")
            late.with_user(self.olga).accept()
        clock = late.next_clock_id
        self.assertEqual(clock.kind_id.stop_event, "contacted")
        asked = self._register(subject="Tour Asked")
        asked.with_user(self.desk).hand_over(self.olga.id, "Please")
        self.start_tour(
            "/odoo/complaint-desk",
            "crm_relations_complaint_desk",
            login="olga",
            timeout=120,
        )
        self.assertEqual(asked.user_id, self.olga)
        self.assertEqual(clock.result, "late")
        self.assertEqual(late.event_ids[:1].note, "Sorry, we send somebody")


@tagged("post_install", "-at_install")
class TestDeskTourPhone(TestDeskTour):
    """The same desk in one hand: what a figure opens are cards there."""

    browser_size = "390x844"
    touch_enabled = True
