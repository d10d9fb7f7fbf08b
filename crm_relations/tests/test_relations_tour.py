from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestRelationsTour(RelationsCommon, HttpCase):
    """The main path of each room, in a browser, as the role that walks it."""

    # All menus of an administrator side by side; Odoo folds the last ones below.
    browser_size = "1600x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.user_admin").lang = "en_US"
        cls.customer = cls._create_customer("Tour Trading", user_id=cls.sally.id)

    def test_salesperson_fills_a_section_and_logs_a_follow_up(self):
        """AR-7, FU-1"""
        self.env["crm.archive.requirement"].search([]).active = False
        self.env.flush_all()
        for name in ("business_policy", "business_scale"):
            field = self.env["ir.model.fields"]._get("res.partner", name)
            self.env["crm.archive.requirement"].create(
                {"field_id": field.id, "section": "characteristics"}
            )
        self.env["res.partner"]._refresh_completeness()
        self._make_due()
        self.start_tour("/odoo", "crm_relations_archive", login="sally", timeout=120)
        self.assertEqual(self.customer.business_policy, "Cash on delivery")
        self.assertEqual(self.customer.followup_ids.purpose, "Agreed on terms")

    def test_configurator_previews_and_runs_a_scheme(self):
        """SE-5"""
        self._create_scheme(name="Tour scheme", domain=self._only(self.customer))
        self.start_tour("/odoo", "crm_relations_rules", login="adam", timeout=120)
        self.assertEqual(self.customer.tier_id, self.tier_c)

    def test_manager_asks_why_and_registers_a_lost_customer(self):
        """SE-1, SE-6, SE-9, SE-10"""
        self._create_scheme(domain=self._only(self.customer))
        self.env["crm.lifecycle.rule"].search([]).start_date = "2020-01-01"
        for days in (90, 60, 30):
            self._create_order(self.customer, 500, days_ago=days)
        self.start_tour("/odoo", "crm_relations_segments", login="max", timeout=120)
        self.assertEqual(self.customer.tier_id, self.tier_a)
        lost = self.env["crm.lost.customer"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(lost.user_id, self.sally)

    def test_nightly_job_run_by_hand_releases_and_says_why(self):
        """PO-3, PO-5"""
        silent = self._create_customer("Tour Silent", user_id=self.sam.id)
        self._create_pool_rule(30, domain=self._only(silent))
        silent.owner_since = fields.Datetime.now() - timedelta(days=60)
        self.start_tour("/odoo", "crm_relations_pool", login="admin", timeout=120)
        self.assertFalse(silent.user_id)

    def test_structure_of_customers_as_graph_and_pivot(self):
        """AR-11"""
        self.start_tour("/odoo", "crm_relations_structure", login="max", timeout=120)

    def test_leader_looks_at_the_day_of_the_team(self):
        """FU-6, FU-8: My Day, from card to list and from line to customer."""
        self._make_due()
        self.env["crm.followup.target"].search([]).unlink()
        self.env["crm.followup.target"].create(
            {"name": "Tour target", "team_id": self.north.id, "period": "week"}
        )
        self.start_tour(
            "/odoo/my-day", "crm_relations_my_day", login="max", timeout=120
        )

    def _make_due(self):
        self.tier_a.contact_interval_days = 7
        self.customer.tier_id = self.tier_a
        self._age_ownership(self.customer, 30)
