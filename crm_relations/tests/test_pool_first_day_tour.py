from odoo.tests import HttpCase, tagged

from .common.first_day import FirstDayCase


@tagged("post_install", "-at_install")
class TestPoolFirstDayTour(FirstDayCase, HttpCase):
    """PO-1: from the list of pools to the list of what was done, and back."""

    def test_an_administrator_sets_up_the_pool_and_undoes_it(self):
        before = self._get_world()
        self.start_tour(
            "/odoo/public-pools", "crm_relations_first_day", login="adam", timeout=120
        )
        self.env.invalidate_all()
        self.assertEqual(self._get_world(), before)
        setup = self.env["crm.pool.setup"].search([])
        self.assertEqual(setup.user_id, self.adam)
        self.assertEqual(setup.state, "undone")
