from odoo.tests import HttpCase, tagged

from .common import RelationsCommon


class FollowupTourCase(RelationsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.cn")
        cls.customer = cls._create_customer(
            "Tour Trading",
            user_id=cls.sally.id,
            phone="+86 138 0013 8000",
            partner_latitude=31.1774276,
            partner_longitude=121.5272106,
        )


@tagged("post_install", "-at_install")
class TestFollowupTour(FollowupTourCase):
    def test_a_visit_from_the_list_of_those_nearby(self):
        """FU-5: with a mocked position; refused, near, far."""
        self.start_tour("/odoo", "crm_relations_visit", login="sally", timeout=120)
        visit = self.customer.followup_ids
        self.assertEqual(visit.visit_result, "far")
        self.assertEqual(visit.out_of_range_reason, "Drove to the site together")
        self.assertAlmostEqual(visit.check_in_distance_m, 108, delta=1)

    def test_a_call_of_an_unknown_number_becomes_a_customer(self):
        """FU-4"""
        calls = self.env["crm.followup"].with_user(self.sally)
        calls.log_call("13900139000", "in", "2026-01-02T09:30:00", 60)
        self.start_tour(
            "/odoo/calls-to-assign", "crm_relations_calls", login="sally", timeout=120
        )
        customer = self.env["res.partner"].search([("name", "=", "Tour Newcomer")])
        self.assertEqual(customer.phone_sanitized, "+8613900139000")
        self.assertEqual(len(customer.followup_ids), 1)


@tagged("post_install", "-at_install")
class TestReceptionTour(FollowupTourCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_visitor_is_received_on_a_phone(self):
        """FU-3: at 390 pixels, the number first."""
        self.env["crm.reception.consultant"].create(
            {"user_id": self.sally.id, "is_present": True}
        )
        self.start_tour(
            "/odoo/reception", "crm_relations_reception", login="sally", timeout=120
        )
        reception = self.env["crm.reception"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(reception.state, "left")
        self.assertEqual(reception.consultant_id, self.sally)
        self.assertEqual(self.customer.followup_ids, reception.followup_id)
