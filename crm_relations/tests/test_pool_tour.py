from odoo.tests import HttpCase, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolTour(RelationsCommon, HttpCase):
    """The pool in a browser, as a salesperson (screens.md, public pool)."""

    def test_salesperson_claims_and_swaps(self):
        """PO-6, PO-7, PO-8"""
        pool = self.env["crm.pool"].create(
            {"name": "Tour pool", "member_ids": self.sally.ids}
        )
        free, wanted = (
            self._create_customer(name) for name in ("Tour Free", "Tour Wanted")
        )
        (free | wanted).sudo().write({"pool_id": pool.id, "pool_since": "2020-01-01"})
        silent = self._create_customer("Tour Silent", user_id=self.sally.id)
        self.env["crm.pool.quota"].create(
            {
                "name": "Sally",
                "user_ids": self.sally.ids,
                "limit_customers": True,
                "max_customers": 2,
            }
        )
        self.start_tour("/odoo", "crm_relations_claim", login="sally", timeout=120)
        self.assertEqual(free.user_id, self.sally)
        self.assertEqual(wanted.user_id, self.sally)
        self.assertFalse(silent.user_id)
        self.assertTrue(silent.pool_id)
