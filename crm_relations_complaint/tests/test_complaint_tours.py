"""CO-1, CO-2, CO-8: the ways of a customer and of an approver, as they click them."""

from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.crm_relations.controllers import public_form

from .common.case import CaseCommon


@tagged("post_install", "-at_install")
class TestComplaintTours(CaseCommon, HttpCase):
    def setUp(self):
        super().setUp()
        # Nobody is so quick as a tour.
        self.startPatcher(patch.object(public_form, "LEAST_SECONDS", 0))

    def _start(self, name, url, login=None):
        self.start_tour(
            url, f"crm_relations_complaint_{name}", login=login, timeout=120
        )

    def _get_last(self):
        return self.env["crm.complaint"].search([], limit=1, order="id desc")

    def test_a_customer_submits_follows_answers_and_disputes(self):
        users = self.env["res.users"].with_context(no_reset_password=True)
        users.create(
            {
                "name": "Paula",
                "login": "paula",
                "password": "paulapaula",
                "partner_id": self.person.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        self._start("portal", "/my", "paula")
        complaint = self._get_last()
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.channel, "portal")
        self.assertIn("answered", complaint.event_ids.mapped("kind"))
        complaint.with_user(self.olga).accept()
        complaint.with_user(self.olga).solve("Adjusted the door", 0)
        self._start("dispute", "/my/complaints", "paula")
        self.assertEqual((complaint.state, complaint.round), ("handling", 2))

    def test_who_has_no_account_reports_on_the_phone(self):
        self.browser_size, self.touch_enabled = "390x844", True
        entrance = self.env["crm.complaint.entrance"].create(
            {"name": "North", "user_id": self.olga.id}
        )
        self._start("phone", f"/complaint/{entrance.token}")
        complaint = self._get_last()
        self.assertEqual((complaint.channel, complaint.user_id), ("web", self.olga))
        self.assertIn("It is the left door", str(complaint.message_ids.mapped("body")))

    def test_a_remedy_is_approved_by_who_has_nothing_to_do_with_it(self):
        remedy = self._ask(300)
        self._start("approval", "/odoo/complaint-approvals", "alma")
        self.assertEqual((remedy.state, remedy.decided_by_id), ("approved", self.alma))

    def test_the_board_holds_two_choices_of_which_the_second_is_quicker(self):
        self._start("board", "/odoo/complaint-board", "olga")
