from odoo.tests import HttpCase, tagged

from .common.satisfaction import SatisfactionCommon


@tagged("post_install", "-at_install")
class TestStudyTour(SatisfactionCommon, HttpCase):
    """Studies in a browser: one that is ready, and one that is mapped."""

    def test_a_specialist_uses_a_ready_study_and_maps_her_own(self):
        self.study.name = "Tour Study"
        self.items.unlink()
        self.start_tour(
            "/odoo", "crm_relations_survey_study", login="spec", timeout=120
        )
        kinds = self.study.item_ids.mapped("kind")
        self.assertEqual(kinds, ["factor", "factor", "nps", "csat", "comment"])
        ready = self.env["crm.satisfaction.study"].search([("ready_code", "=", "lost")])
        self.assertEqual(ready.user_id, self.spec)
