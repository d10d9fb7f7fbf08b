from odoo.tests import HttpCase, tagged

from .common.next import NextCommon


@tagged("post_install", "-at_install")
class TestWhatNextTour(NextCommon, HttpCase):
    """FU-11 in a browser: log a call and put another one off, without leaving."""

    def test_a_salesperson_works_through_the_list(self):
        called = self._create_next("Tour Called", sales=9000)
        away = self._create_next("Tour Away", sales=8000)
        self._set(called | away, lifecycle="dormant")
        self.start_tour(
            "/odoo/what-next", "crm_relations_what_next", login="sally", timeout=120
        )
        self.assertEqual(called.followup_ids.purpose, "Asked for the new list")
        self.assertEqual(away.not_now_ids.reason, "away")
        self.assertEqual(self._get_list()[-1:], called)
        self.assertNotIn(away, self._get_list())
