from odoo.tests import HttpCase, new_test_user, tagged

from .common.customer_event import ActivityCommon


@tagged("post_install", "-at_install")
class TestActivityPage(ActivityCommon, HttpCase):
    """CL-5: the link of an invitation opens this invitation and nothing else."""

    def _path(self, guest, token=None):
        return f"/activity/{guest.id}/{token or guest._get_token()}"

    def _answer(self, guest, answer):
        page = self.url_open(self._path(guest)).text
        token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        return self.url_open(
            f"{self._path(guest)}/{answer}", data={"csrf_token": token}
        )

    def test_the_guest_accepts_and_declines_without_an_account(self):
        guest = self._invite()
        page = self._answer(guest, "accept")
        self.assertIn("You are registered", page.text)
        self.assertIn("Winter course", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.env.invalidate_all()
        self.assertEqual(guest.state, "registered")
        page = self._answer(guest, "decline")
        self.assertIn("do not come", page.text)
        self.env.invalidate_all()
        self.assertEqual(guest.state, "declined")

    def test_what_is_full_says_so_in_words(self):
        guest = self._invite()
        self.course.write({"seats_limited": True, "seats_max": 1})
        self._register(self._create_customer("B"))
        page = self._answer(guest, "accept")
        self.assertEqual(page.status_code, 422)
        self.env.invalidate_all()
        self.assertEqual(guest.state, "invited")

    def test_guessed_links_open_nothing(self):
        guest = self._invite()
        twin = self._join(self._create_customer("B"))
        other = self._invite()
        self.assertEqual(other.attendee_id, twin.partner_id)
        for token in (other._get_token(), "x", "é", guest._get_token()[:-1]):
            page = self.url_open(self._path(guest, token))
            self.assertEqual(page.status_code, 404, token)
        for number in (0, 2**40):
            page = self.url_open(f"/activity/{number}/{guest._get_token()}")
            self.assertEqual(page.status_code, 404)

    def test_the_member_finds_it_in_the_portal(self):
        self._invite()
        self._create_activity("For nobody")
        new_test_user(
            self.env,
            "act_portal",
            groups="base.group_portal",
            partner_id=self.person.id,
            lang="en_US",
        )
        self.authenticate("act_portal", "act_portal")
        page = self.url_open(f"/my/club/{self.member.id}").text
        self.assertIn("Winter course", page)
        self.assertIn("Do you come?", page)
        self.assertNotIn("For nobody", page)


@tagged("post_install", "-at_install")
class TestActivityTour(ActivityCommon, HttpCase):
    def test_a_manager_invites_registers_and_notes_who_came(self):
        new_test_user(
            self.env,
            "act_tour",
            groups="crm_relations.group_relations_manager",
            lang="en_US",
        )
        self.start_tour(
            "/odoo/customer-activities",
            "crm_relations_activity",
            login="act_tour",
            timeout=120,
        )
        self.card.invalidate_recordset()
        self.assertEqual(self.card.points, 50)
        self.assertEqual(self._get_guest(self.person).state, "attended")
