from odoo.tests import HttpCase, tagged

from .common.document import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentTour(DocumentCommon, HttpCase):
    """AR-6 in a browser: what is missing is there after one step."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.licence.name = "Tour Licence"
        cls.customer.name = "Tour Customer"

    def _get_document(self):
        return self.env["crm.customer.document"].search(
            [("customer_id", "=", self.customer.id)]
        )

    def test_a_document_is_added_on_the_page_of_its_customer(self):
        self.start_tour(
            f"/odoo/customers-relations/{self.customer.id}",
            "crm_relations_document_upload",
            login="sally",
            timeout=120,
        )
        document = self._get_document()
        self.assertEqual(document.number, "N-7")
        self.assertEqual(document.file_ids.mapped("name"), ["page.png"])


@tagged("post_install", "-at_install")
class TestDocumentTourOnPhone(TestDocumentTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_picture_is_taken_in_the_list_of_what_is_missing(self):
        self.start_tour(
            "/odoo/missing-documents",
            "crm_relations_document_photo",
            login="sally",
            timeout=120,
        )
        document = self._get_document()
        self.assertEqual(document.file_ids.mapped("name"), ["photo.png"])
        self.assertEqual(document.state, "there")

    def test_where_nothing_is_missing_the_screen_is_not_blank(self):
        self.env["crm.document.kind"].search([]).active = False
        self.start_tour(
            "/odoo/missing-documents",
            "crm_relations_document_none",
            login="sally",
            timeout=120,
        )
