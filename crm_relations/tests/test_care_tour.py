from odoo.tests import HttpCase, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestCareTour(RelationsCommon, HttpCase):
    """The care programme in a browser, as an administrator."""

    def test_administrator_installs_and_removes_a_programme(self):
        """CA-5"""
        lines = self.env["crm.care.programme.line"]
        lines.search([]).unlink()
        dealer = self.env.ref("crm_relations.crm_care_preset_dealer")
        self.start_tour(
            "/odoo/care-programme",
            "crm_relations_programme_install",
            login="adam",
            timeout=120,
        )
        installed = lines.search([])
        self.assertEqual(installed.preset_line_id, dealer.line_ids)
        made = installed.rule_id - dealer.line_ids.existing_rule_id
        self.assertTrue(made)
        self.start_tour(
            "/odoo/care-programme",
            "crm_relations_programme_remove",
            login="adam",
            timeout=120,
        )
        self.assertFalse(lines.search([]).filtered(lambda line: not line._is_used()))
        self.assertFalse(made.exists())
        self.assertTrue(dealer.line_ids.existing_rule_id.exists())
