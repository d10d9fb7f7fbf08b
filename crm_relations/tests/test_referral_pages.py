from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import html2plaintext

from odoo.addons.crm_relations.controllers import public_form, referral_entrance

from .common.referral import ReferralCommon


@tagged("post_install", "-at_install")
class TestReferralPages(ReferralCommon, HttpCase):
    """CL-6: the member's page and the form of the new customer."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.url = self.member._get_referral_url()
        self.path = f"/refer/{self.member.referral_code}"

    def _send(self, **typed):
        stamp = self.env["crm.public.form"]._sign(f"referral:{self.member.id}")
        values = {"name": "Bob", "phone": "+86 139 1111 2222", "stamp": stamp} | typed
        values["csrf_token"] = http.Request.csrf_token(self)
        answer = self.url_open(self.path, data=values, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def _get_referrals(self):
        return self.env["crm.referral"].search([("channel", "=", "link")])

    def test_who_opens_the_link_leaves_name_and_number(self):
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("Ada Motors", page.text)
        self.assertEqual(self.url_open("/refer/NOSUCHCODE").status_code, 404)
        self.member.action_suspend()
        self.assertEqual(self.url_open(self.path).status_code, 404)

    def test_what_is_sent_becomes_a_lead_and_a_referral(self):
        with patch.object(public_form, "LEAST_SECONDS", 0):
            typed = "One <b>\nTwo"
            self.assertEqual(self._send(note=typed).status_code, 303)
            lead = self._get_referrals().lead_id
            self.assertEqual(lead.contact_name, "Bob")
            # As it was typed: no markup of strangers, and line by line.
            self.assertEqual(html2plaintext(lead.description), typed)
            for typed in (
                {"name": ""},
                {"phone": ""},
                {"phone": "12"},
                {"email_from": "no address"},
                {"name": "x" * 101},
                {"fax_of_sender": "1"},
                {"stamp": "forged"},
            ):
                self.assertEqual(self._send(**typed).status_code, 422, typed)
            self.assertEqual(len(self._get_referrals()), 1)
            with patch.object(referral_entrance, "MOST_PER_SOURCE", 1):
                self.assertEqual(self._send().status_code, 429)

    def test_who_clicks_twice_is_one_referral(self):
        stamp = self.env["crm.public.form"]._sign(f"referral:{self.member.id}")
        with patch.object(public_form, "LEAST_SECONDS", 0):
            answers = [self._send(stamp=stamp) for _click in range(2)]
            self.assertEqual(
                {answer.headers["Location"] for answer in answers},
                {f"{self.path}?done=1"},
            )
            self.assertEqual(len(self._get_referrals()), 1)
            self._send()
        self.assertEqual(len(self._get_referrals()), 2)

    def test_somebody_else_confirms_in_two_clicks(self):
        referral = self._refer(self.new, confirm=False)
        self.start_tour(
            "/odoo/referrals", "crm_relations_referral", login="rita", timeout=120
        )
        self.env.invalidate_all()
        self.assertEqual(
            (referral.state, referral.decided_by_id.login), ("confirmed", "rita")
        )

    def test_the_member_sees_link_code_and_what_came_of_it(self):
        self._refer(self.new)
        self._buy(self.new)
        user = new_test_user(
            self.env, "member", groups="base.group_portal", partner_id=self.customer.id
        )
        self.authenticate(user.login, user.login)
        page = self.url_open(f"/my/club/{self.member.id}").text
        self.assertIn(self.url, page)
        self.assertIn("N…", page)
        self.assertIn("First Order Paid", page)
        self.assertNotIn("New One", page)
