from odoo.tests import HttpCase, tagged

from .common.duplicate import DuplicateCommon


@tagged("post_install", "-at_install")
class TestDuplicateTour(DuplicateCommon, HttpCase):
    """A salesperson types into a new customer, and is told before it is saved."""

    def test_whose_number_lies_in_the_pool_is_claimed_from_the_strip(self):
        self.acme.phone = False
        self.pooled.write({"name": "Tour Pooled", "phone": "+86 138 1234 5678"})
        self.start_tour(
            "/odoo/my-customers/new",
            "crm_relations_duplicate_claim",
            login="sally",
            timeout=120,
        )
        self.assertEqual(self.pooled.user_id, self.sally)
        self.assertFalse(
            self.env["res.partner"].search([("name", "=", "Tour Second Card")])
        )

    def test_whose_name_is_like_that_of_a_colleague_s_is_asked_for(self):
        self.acme.name = "王芳贸易有限公司"
        self.start_tour(
            "/odoo/my-customers/new",
            "crm_relations_duplicate_ask",
            login="sally",
            timeout=120,
        )
        self.assertEqual(self.acme.activity_ids.user_id, self.sam)
        name = [("name", "ilike", "Wang Fang Trading")]
        self.assertFalse(self.env["res.partner"].search(name))

    def test_the_strip_tells_of_nobody_else(self):
        """What was typed into one customer is forgotten with it."""
        self.pooled.write({"name": "Tour Pooled", "phone": "+86 138 1234 5678"})
        for name in ("Tour One", "Tour Two"):
            self._create_customer(name, user_id=self.sally.id)
        self.start_tour(
            "/odoo/my-customers",
            "crm_relations_duplicate_forgotten",
            login="sally",
            timeout=120,
        )
