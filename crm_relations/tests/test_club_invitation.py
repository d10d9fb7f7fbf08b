from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged

from .common.club import ClubCommon


@tagged("post_install", "-at_install")
class TestClubInvitation(ClubCommon, HttpCase):
    """CL-1: an invitation goes by e-mail, and its link lets the invited one join."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person.email = "ada@example.com"

    def _invite(self, partners, **values):
        wizard = self.env["crm.club.invite.wizard"].with_user(self.sally)
        wizard = wizard.create(
            {"partner_ids": partners.ids, "club_id": self.club.id, **values}
        )
        return wizard.action_apply()

    def _get_mails(self):
        return self.env["mail.mail"].search([("model", "=", "crm.club.membership")])

    def _get_invited(self, partner):
        return self.env["crm.club.membership"].search(
            [("club_id", "=", self.club.id), ("partner_id", "=", partner.id)]
        )

    def test_the_wizard_sends_to_those_who_can_and_want_to_be_reached(self):
        silent = self._create_person(self.customer, "Bob")
        refusing = self._create_person(self.customer, "Cleo")
        refusing.write({"email": "cleo@example.com", "care_mail_opt_out": True})
        self._invite(self.person | silent | refusing)
        mail = self._get_mails()
        self.assertEqual(mail.recipient_ids, self.person)
        invited = self._get_invited(self.person)
        self.assertIn(f"/club/{invited.id}/{invited._get_token()}", mail.body_html)
        self.assertIn("Owners", mail.subject)
        self.assertEqual(self._get_invited(silent).state, "invited")

    def test_it_says_to_whom_none_went(self):
        silent = self._create_person(self.customer, "Bob")
        wizard = self.env["crm.club.invite.wizard"].with_user(self.sally)
        wizard = wizard.create({"club_id": self.club.id})
        people = self.person | silent
        answers = people.with_user(self.sally).club_invite(self.club.id)
        wizard._send(answers)
        told = ["No e-mail" in answer["message"] for answer in answers]
        self.assertEqual(told, [False, True])

    def test_nothing_is_sent_unless_wanted_nor_to_members(self):
        self._invite(self.person, by_email=False)
        other = self._create_person(self.customer, "Bob")
        other.email = "bob@example.com"
        self._invite(other, joins=True)
        self.assertFalse(self._get_mails())

    def test_it_leaves_after_the_quiet_hours(self):
        self.person.tz = "UTC"
        company = (
            self.club.company_id or self.env["res.company"]._get_relations_default()
        )
        company.write({"care_quiet_from": 21, "care_quiet_until": 8})
        with freeze_time("2026-05-04 23:00:00"):
            self._invite(self.person)
        moment = fields.Datetime.to_datetime("2026-05-05 08:00:00")
        self.assertEqual(self._get_mails().scheduled_date, moment)

    def test_the_link_lets_the_invited_one_join_once(self):
        self._invite(self.person)
        invited = self._get_invited(self.person)
        path = f"/club/{invited.id}/{invited._get_token()}"
        page = self.url_open(path)
        self.assertIn("Owners", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        token = page.text.split('name="csrf_token"')[1].split('value="')[1]
        data = {"csrf_token": token.split('"')[0]}
        for _twice in range(2):
            page = self.url_open(f"{path}/join", data=data)
            self.assertIn("M000001", page.text)
        self.env.invalidate_all()
        self.assertEqual(invited.state, "active")
        self.assertEqual(invited.change_ids.mapped("kind").count("joined"), 1)
        invited.action_end()
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_guessed_links_open_nothing(self):
        self._invite(self.person | self.customer)
        invited = self._get_invited(self.person)
        other = self._get_invited(self.customer)
        for token in (other._get_token(), "x", "é", invited._get_token()[:-1]):
            page = self.url_open(f"/club/{invited.id}/{token}")
            self.assertEqual(page.status_code, 404, token)
        for number in (0, 2**40):
            page = self.url_open(f"/club/{number}/{invited._get_token()}")
            self.assertEqual(page.status_code, 404)
