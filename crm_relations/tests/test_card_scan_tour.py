from odoo.tests import HttpCase, tagged

from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
class TestCardScanTour(RelationsCommon, HttpCase):
    """AR-15 in a browser: take a picture, look at it, the contact is there. Read by
    what reads pictures on the server."""

    def _run(self, name, email):
        self.start_tour(
            "/odoo/scan-business-card",
            "crm_relations_card_scan",
            login="sally",
            timeout=180,
        )
        person = self.env["res.partner"].search([("name", "=", name)])
        self.assertEqual(person.email, email)
        self.assertEqual(person.parent_id.name, "Northwind Tools Ltd.")
        self.assertEqual(person.create_uid, self.sally)

    def test_a_card_becomes_a_contact(self):
        self._run("Emily Brown", "emily@northwind.example")

    def test_a_card_becomes_a_contact_on_a_phone(self):
        self.browser_size = "390x844"
        self.touch_enabled = True
        self._run("Emily Brown", "emily@northwind.example")
