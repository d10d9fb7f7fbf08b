from odoo.tests import HttpCase, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestReceptionTour(RelationsCommon, HttpCase):
    """FU-3 in a browser: nobody waits who never came, nobody is here twice."""

    def test_a_visitor_is_registered_by_a_button_and_once(self):
        self.company.country_id = self.env.ref("base.cn")
        customer = self._create_customer("Tour Guest", phone="+86 13800138000")
        waiting = self.env["crm.reception"].create({"partner_id": customer.id})
        visitors = self.env["crm.reception"].search([])
        self.start_tour(
            "/odoo/reception", "crm_relations_visitor_once", login="sally", timeout=120
        )
        self.assertEqual(self.env["crm.reception"].search([]), visitors)
        self.assertEqual(waiting.state, "waiting")
