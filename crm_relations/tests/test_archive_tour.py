from odoo.tests import HttpCase, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestArchiveTour(RelationsCommon, HttpCase):
    """A proposal in a browser."""

    def test_a_colleague_proposes_with_one_click(self):
        """AR-8"""
        customer = self._create_customer(
            "Tour Archive", user_id=self.sally.id, city="Suzhou"
        )
        action = self.env.ref("crm_relations.crm_customer_action")
        self.start_tour(
            f"/odoo/action-{action.id}/{customer.id}",
            "crm_relations_propose_change",
            login="sam",
            timeout=120,
        )
        proposals = self.env["crm.archive.proposal"].search(
            [("partner_id", "=", customer.id)]
        )
        self.assertEqual(
            {one.field_name: one.new_value for one in proposals},
            {"city": "Nanjing", "credit_standing": "poor"},
        )
        self.assertEqual(proposals.create_uid, self.sam)
