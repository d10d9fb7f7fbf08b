from odoo.tests import HttpCase, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestLendingTour(RelationsCommon, HttpCase):
    """AR-10: one asks, another approves, the one reads; in a browser."""

    def test_asked_approved_read(self):
        customer = self._create_customer("Tour Lent", user_id=self.sally.id)
        self._create_person(customer, "Tour Person", personality="Quiet")
        path = f"/odoo/customers-relations/{customer.id}"
        self.start_tour(path, "crm_relations_loan_ask", login="sam", timeout=120)
        loan = customer.loan_ids
        self.assertEqual((loan.user_id, loan.state), (self.sam, "asked"))
        self.start_tour(
            "/odoo/loans-to-decide",
            "crm_relations_loan_approve",
            login="sally",
            timeout=120,
        )
        self.assertEqual((loan.state, loan.decided_by_id), ("approved", self.sally))
        self.start_tour(
            "/odoo/my-loans", "crm_relations_loan_read", login="sam", timeout=120
        )
        lines = self.env["crm.confidential.access"].search([("loan_id", "=", loan.id)])
        self.assertIn("opened", lines.mapped("way"))


@tagged("post_install", "-at_install")
class TestLendingTourPhone(TestLendingTour):
    """The same at 390 pixels."""

    browser_size = "390x844"
    touch_enabled = True
