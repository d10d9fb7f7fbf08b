from odoo.tests import HttpCase, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolStayTour(RelationsCommon, HttpCase):
    """An extension in a browser: a salesperson asks, the leader approves."""

    def test_salesperson_asks_and_leader_approves(self):
        """PO-4"""
        customer = self._create_customer("Tour Leaving", user_id=self.sally.id)
        self._age_ownership(customer, 25)
        self._create_pool_rule(30, domain=self._only(customer))
        self.env["res.partner"]._refresh_release_dates(customer.ids)
        leaves = customer.pool_release_date
        self.start_tour(
            "/odoo/about-to-leave",
            "crm_relations_extension_ask",
            login="sally",
            timeout=120,
        )
        stay = customer.stay_ids
        self.assertRecordValues(
            stay,
            [
                {
                    "kind": "extension",
                    "state": "requested",
                    "approver_id": self.max.id,
                    "reason": "The tender is decided next week",
                }
            ],
        )
        self.start_tour(
            "/odoo/pool-approvals",
            "crm_relations_extension_approve",
            login="max",
            timeout=120,
        )
        self.assertEqual(stay.state, "approved")
        self.assertEqual(stay.decided_by_id, self.max)
        self.assertEqual((customer.pool_release_date - leaves).days, 7)
