from base64 import b64encode

from odoo.tests import HttpCase, tagged

from .common.relations import RelationsCommon

CARDS = b"""BEGIN:VCARD
FN:Tour Known
EMAIL:known@example.com
END:VCARD
BEGIN:VCARD
FN:Tour New
END:VCARD
"""


@tagged("post_install", "-at_install")
class TestContactImportTour(RelationsCommon, HttpCase):
    """AR-13 in a browser: read a file, import it, take it back."""

    def test_cards_are_read_imported_and_taken_back(self):
        self._create_customer("Acme", user_id=self.sally.id, email="known@example.com")
        imports = self.env["crm.contact.import"].with_user(self.sally)
        one = imports.create({"file": b64encode(CARDS), "name": "tour.vcf"})
        self.start_tour(
            "/odoo/import-business-cards",
            "crm_relations_contact_import",
            login="sally",
            timeout=120,
        )
        self.assertEqual(one.state, "undone")
        self.assertRecordValues(
            one.line_ids,
            [
                {"name": "Tour Known", "decision": "skip", "partner_id": False},
                {"name": "Tour New", "decision": "create", "partner_id": False},
            ],
        )
