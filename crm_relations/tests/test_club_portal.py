from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

from .common.club import ClubCommon


class ClubPortalCase(ClubCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(
            cls.env,
            "club_portal",
            groups="base.group_portal",
            partner_id=cls.person.id,
            lang="en_US",
        )


@tagged("post_install", "-at_install")
class TestClubPortal(ClubPortalCase):
    """CL-1: the page of the member shows his own card and nobody else's."""

    def _open(self, path, **data):
        return self.url_open(path, data=data or None)

    def test_a_member_sees_card_level_points_and_benefits(self):
        member = self._join(self.person)
        member.use_benefit(self.wash.id)
        self.authenticate("club_portal", "club_portal")
        page = self._open("/my/club")
        self.assertTrue(page.url.endswith(f"/my/club/{member.id}"))
        for text in ("M000001", "Basic", "Free wash", "1 of 2", "Silver", "data:image"):
            self.assertIn(text, page.text)
        self.assertIn("100 club points", page.text)
        card = self._open(f"/my/club/{member.id}/card")
        self.assertEqual(card.headers["Content-Type"], "application/pdf")
        self.assertIn("no-store", card.headers["Cache-Control"])

    def test_a_member_sees_what_waits_what_lapses_and_the_ledger_in_pages(self):
        self.club.write({"expiry": "months", "expiry_months": 1})
        member = self._join(self.person)
        for number in range(21):
            member.card_id._earn(10, "hand", f"Gift {number:02}")
        waiting = member.card_id._earn(7, "hand", "Later")
        day = fields.Date.today() + timedelta(days=14)
        waiting.write({"is_pending": True, "pending_until": day})
        member.card_id._put_ledger_points()
        member.card_id._spend(3, "Coffee")
        self.authenticate("club_portal", "club_portal")
        page = self._open(f"/my/club/{member.id}").text
        self.assertRegex(page, "7 .+ can be spent from")
        self.assertRegex(page, "207 .+ can be spent until")
        first = self._open(f"/my/club/{member.id}/points").text
        self.assertIn("Coffee", first)
        self.assertIn("Later", first)
        self.assertNotIn("Gift 00", first)
        second = self._open(f"/my/club/{member.id}/points/page/2").text
        self.assertIn("Gift 00", second)
        self.assertNotIn("Coffee", second)
        strangers = self._join(self._create_customer("Stranger") | self.customer)
        strangers.card_id._earn(5, "hand", "Secret")
        for stranger in strangers:
            page = self._open(f"/my/club/{stranger.id}/points")
            self.assertNotIn("Secret", page.text)

    def test_guessed_ids_lead_to_ones_own_list(self):
        other = self._create_person(self.customer, "Colleague")
        strangers = self._join(self._create_customer("Stranger") | other)
        invited = self.club._take_in(
            self._create_customer("Guest"), "invited", self.env.uid
        )
        self.authenticate("club_portal", "club_portal")
        guesses = [*strangers.ids, invited.id, 0, -1, 2**31, 10**20, "x", "1e3", "１"]
        for guess in guesses:
            for path in ("", "/card"):
                page = self._open(f"/my/club/{guess}{path}")
                self.assertTrue(page.url.endswith("/my/club"), guess)
                self.assertNotIn("Stranger", page.text)
        self._open(f"/my/club/{invited.id}/join", csrf_token=self._get_token())
        self.env.invalidate_all()
        self.assertEqual(invited.state, "invited")

    def _get_token(self):
        page = self._open("/my/club").text
        before = 'csrf_token: "'
        return page.split(before)[1].split('"')[0] if before in page else ""

    def test_the_membership_of_the_customer_is_shown_to_its_contacts(self):
        own = self._join(self.customer)
        ended = self._join(self._create_person(self.customer, "Gone"))
        domain = self.env["crm.club.membership"]._get_own_domain(self.portal)
        self.assertEqual(self.env["crm.club.membership"].search(domain), own)
        ended.action_end()
        own.action_end()
        self.assertFalse(self.env["crm.club.membership"].search(domain))

    def test_strangers_are_sent_to_the_door(self):
        member = self._join(self.person)
        page = self._open(f"/my/club/{member.id}")
        self.assertIn("/web/login", page.url)

    def test_a_portal_user_reads_no_membership_over_the_api(self):
        self._join(self.person)
        for model in ("crm.club", "crm.club.membership", "crm.club.benefit.use"):
            self.assertFalse(self.env[model].with_user(self.portal).has_access("read"))

    def test_the_card_says_name_number_and_carries_its_code(self):
        self.club.valid_months = 12
        member = self._join(self.person)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "crm_relations.crm_club_card_print", member.ids
        )
        text = html.decode()
        for words in (
            self.person.name,
            "M000001",
            "Owners' Club",
            "Basic",
            "data:image/svg",
        ):
            self.assertIn(words, text.replace("&#39;", "'"))
        self.assertIn("Valid until", text)


@tagged("post_install", "-at_install")
class TestClubTour(ClubPortalCase):
    def test_an_invited_customer_joins_in_the_portal(self):
        invited = self.club._take_in(self.person, "invited", self.env.uid)
        self.start_tour(
            "/my/club", "crm_relations_club", login="club_portal", timeout=120
        )
        self.assertEqual(invited.state, "active")
        self.assertEqual(invited.number, "M000001")
        self.assertEqual(invited.change_ids[:1].user_id, self.portal)
