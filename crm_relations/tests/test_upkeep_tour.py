from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
class TestUpkeepTour(RelationsCommon, HttpCase):
    """AR-8 in a browser: a custodian verifies one archive, then several."""

    def test_archives_are_verified_where_they_are_seen(self):
        self.env["crm.custodian.rule"].search([]).active = False
        self.tier_a.review_interval_days = 90
        today = self.company._get_relations_today()
        self.env["crm.custodian.rule"].create(
            {"name": "All", "custodian_id": self.carl.id, "start_date": today}
        )
        customers = self.env["res.partner"].union(
            *(
                self._create_customer(name, tier_id=self.tier_a.id)
                for name in ("Tour Late", "Tour Second", "Tour Third")
            )
        )
        upkeeps = self.env["crm.archive.upkeep"]
        upkeeps._refresh(customers.ids)
        self.env.cr.execute(
            "UPDATE crm_archive_upkeep SET since = %s WHERE partner_id = ANY(%s)",
            [today - timedelta(days=100), customers.ids],
        )
        upkeeps._refresh(customers.ids)
        self.start_tour(
            "/odoo/archive-reviews", "crm_relations_upkeep", login="carl", timeout=120
        )
        self.assertEqual(customers.upkeep_ids.verified_by_id, self.carl)
        self.assertEqual(set(customers.mapped("verified_on")), {today})
