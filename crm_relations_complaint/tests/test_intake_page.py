import re
from unittest.mock import patch

from odoo import http
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.crm_relations.controllers import public_form

from .common.complaint import ComplaintCommon

SCRIPT = "<script>alert(1)</script>"
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20


@tagged("post_install", "-at_install")
class TestIntakePage(ComplaintCommon, HttpCase):
    """Customers on the page behind the link, and in the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entrance = cls.env["crm.complaint.entrance"].create(
            {"name": "North", "user_id": cls.olga.id}
        )
        cls.person.email = "paula@outside.example.com"
        other = cls.env["res.partner"].create({"name": "Other Customer"})
        cls.paula, cls.eve = (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": login,
                    "login": login,
                    "password": login * 3,
                    "partner_id": partner.id,
                    "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
                }
            )
            for login, partner in (("paula", cls.person), ("eve", other))
        )

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(public_form, "LEAST_SECONDS", 0))

    def _send(self, path, files=None, **values):
        self.session = getattr(self, "session", None) or self.authenticate(None, None)
        values = {"csrf_token": http.Request.csrf_token(self), **values}
        answer = self.url_open(path, data=values, files=files)
        self.env.invalidate_all()
        return answer

    def _stamp(self, scope=None):
        return self.env["crm.public.form"]._sign(scope or self.entrance.token)

    def _report(self, files=None, **values):
        values = {
            "facts": "It rattles",
            "caller_name": "Zoe",
            "caller_email": "zoe@nowhere.example.com",
            "stamp": self._stamp(),
        } | values
        return self._send(f"/complaint/{self.entrance.token}", files, **values)

    def _get_last(self):
        return self.env["crm.complaint"].search([], limit=1, order="id desc")

    def _count(self):
        return self.env["crm.complaint"].search_count([])

    def test_a_report_gives_a_number_and_a_secret_page(self):
        files = {"files": ("../../a.html.png", PNG, "image/png")}
        answer = self._report(files, facts=f"Bad {SCRIPT}")
        complaint = self._get_last()
        self.assertEqual(complaint.channel, "web")
        self.assertEqual(complaint.user_id, self.olga)
        self.assertIn(complaint.name, answer.text)
        self.assertIn(complaint.access_token, answer.url)
        self.assertNotIn(SCRIPT, answer.text)
        self.assertIn("&lt;script&gt;", answer.text)
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])
        self.assertEqual(complaint.message_ids.attachment_ids.name, "a.html.png")
        file = re.search(r'href="(/my/complaints/\d+/file/[^"]+)"', answer.text)
        got = self.url_open(file.group(1).replace("&amp;", "&"))
        self.assertEqual(got.content, PNG)
        self.assertIn("attachment", got.headers["Content-Disposition"])

    def test_the_same_form_twice_is_one_complaint(self):
        stamp, count = self._stamp(), self._count()
        urls = {self._report(stamp=stamp).url for _ in range(2)}
        self.assertEqual((len(urls), self._count()), (1, count + 1))

    def test_nothing_is_told_of_customers(self):
        known = self._report(caller_email=self.person.email, caller_name="Zoe")
        self.assertEqual(self._get_last().partner_id, self.customer)
        self.assertNotIn(self.customer.name, known.text)
        self.assertNotIn("Paula", known.text)
        self.assertEqual(known.status_code, self._report().status_code)

    def test_what_is_wrong_is_said_and_nothing_is_kept(self):
        count = self._count()
        wrong = (
            {"facts": ""},
            {"facts": "x" * 10_001},
            {"caller_email": "", "caller_phone": ""},
            {"caller_email": "no address"},
            {"category_id": "999999999"},
            {"category_id": "1; DROP TABLE"},
            {"occurred_on": "2999-01-01"},
            {"occurred_on": "soon"},
            {"stamp": ""},
            {"stamp": "AAAA"},
            {"stamp": self._stamp("another")},
            {public_form.TRAP: "robot"},
        )
        for values in wrong:
            with self.subTest(values=str(values)[:60]):
                self.assertEqual(self._report(**values).status_code, 422)
        for name, content in (("a.svg", b"<svg onload=x>"), ("a.exe", b"MZ")):
            answer = self._report({"files": (name, content)})
            self.assertEqual(answer.status_code, 422, name)
        self.assertEqual(self._count(), count)
        self.assertEqual(self._report(facts="Nul \0 here").status_code, 200)

    def test_too_many_are_asked_to_wait(self):
        self.entrance.most_per_source = 1
        self.assertEqual(self._report().status_code, 200)
        self.assertEqual(self._report().status_code, 429)

    def test_the_code_is_drawn_here_and_hangs_on_the_wall(self):
        """By no program that a server may lack: a phone reads what is drawn."""
        self.entrance.invalidate_recordset()
        picture = self.entrance.with_user(self.olga).qr_image
        self.assertTrue(picture.startswith("data:image/svg+xml;base64,"))
        before = self.entrance.qr_image
        self.entrance.with_user(self.mona).action_renew()
        self.assertNotEqual(self.entrance.qr_image, before)
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.olga)
            ._render_qweb_html(
                "crm_relations_complaint.crm_complaint_entrance_sheet",
                self.entrance.ids,
            )
        )
        sheet = html.decode()
        usual = "Something went wrong?"
        for text in (
            "North",
            self.entrance.company_id.name,
            self.entrance.token,
            usual,
        ):
            self.assertIn(text, sheet)
        self.assertIn(self.entrance.qr_image, sheet)

    def test_an_invented_link_leads_nowhere(self):
        self.entrance.copy({"name": "Closed", "active": False, "user_id": self.olga.id})
        for token in ("nothing", "x" * 2000, "ä"):
            self.assertEqual(self.url_open(f"/complaint/{token}").status_code, 404)

    @mute_logger("odoo.http")
    def test_without_the_token_of_the_form_nothing_is_taken(self):
        count = self._count()
        self._report(csrf_token="")
        self.assertEqual(self._count(), count)

    def test_a_page_opens_with_its_key_only(self):
        self._report()
        complaint = self._get_last()
        self.session = self.authenticate(None, None)
        path = f"/my/complaints/{complaint.id}"
        for query in ("", "?access_token=x", "?access_token=%00", "?access_token=ä"):
            self.assertNotIn(complaint.name, self.url_open(path + query).text, query)
        shown = self.url_open(f"{path}?access_token={complaint.access_token}")
        self.assertIn(complaint.name, shown.text)
        token = {"access_token": complaint.access_token}
        answer = self._send(f"{path}/answer", text=f"More {SCRIPT}", **token)
        self.assertNotIn(SCRIPT, answer.text)
        self.assertIn("answered", complaint.event_ids.mapped("kind"))
        self._send(f"{path}/answer", text="Not mine", access_token="wrong")
        self.assertNotIn("Not mine", str(complaint.message_ids.mapped("body")))

    def test_an_answer_sent_twice_is_written_once(self):
        complaint = self._register(user=self.olga)
        self.session = self.authenticate("paula", "paula" * 3)
        path = f"/my/complaints/{complaint.id}"
        page = self.url_open(path).text
        [stamp] = set(re.findall(r'name="stamp" value="([^"]+)"', page))
        for _click in range(2):
            answer = self._send(
                f"{path}/answer", text="Come in the morning", stamp=stamp
            )
            self.assertIn("done=answered", answer.url)
        self.assertEqual(answer.text.count("Come in the morning"), 1)
        # An older page, and one that was open over night, are taken as they come.
        for stamp in ("", "AAAA"):
            self._send(f"{path}/answer", text="Or in the evening", stamp=stamp)
        self.assertEqual(self.url_open(path).text.count("Or in the evening"), 2)

    def test_the_portal_shows_own_ones_and_no_notes(self):
        complaint = self._register(subject="My rattle", severity="4")
        complaint.message_post(body="A secret note", subtype_xmlid="mail.mt_note")
        complaint.message_post(
            body="We look at it",
            subtype_xmlid="mail.mt_comment",
            message_type="comment",
        )
        path = f"/my/complaints/{complaint.id}"
        self.session = self.authenticate("paula", "paula" * 3)
        self.assertIn("My rattle", self.url_open("/my/complaints").text)
        page = self.url_open(path).text
        self.assertIn("We look at it", page)
        self.assertNotIn("A secret note", page)
        self.assertNotIn("Critical", page)
        self.session = self.authenticate("eve", "eve" * 3)
        self.assertNotIn("My rattle", self.url_open("/my/complaints").text)
        self.assertNotIn("My rattle", self.url_open(path).text)
        nowhere = self.url_open("/my/complaints/9999999")
        self.assertEqual(self.url_open(path).url, nowhere.url)

    def test_the_answer_that_is_waited_for_ends_the_pause(self):
        complaint = self._register(user=self.olga)
        complaint.with_user(self.olga).pause("Photos of the door")
        self.session = self.authenticate("paula", "paula" * 3)
        self._send(f"/my/complaints/{complaint.id}/answer", text="Here they are")
        self.assertFalse(complaint.is_paused)
        event = complaint.event_ids.filtered(lambda one: one.kind == "resumed")
        self.assertFalse(event.user_id)

    def test_a_customer_complains_in_the_portal(self):
        self.session = self.authenticate("paula", "paula" * 3)
        self.assertEqual(self.url_open("/my/complaints/new").status_code, 200)
        answer = self._send(
            "/my/complaints/new", facts="It leaks", stamp=self._stamp("portal")
        )
        complaint = self._get_last()
        self.assertIn(complaint.name, answer.text)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.person_id, self.person)
        self.assertEqual(complaint.channel, "portal")

    def test_who_follows_it_rates_the_handling_once_a_round(self):
        complaint = self._register(user=self.olga)
        path = f"/my/complaints/{complaint.id}"
        self.session = self.authenticate("paula", "paula" * 3)
        self.assertNotIn("o_complaint_rate", self.url_open(path).text)
        for solved, stars in enumerate((2, 5), start=1):
            complaint.with_user(self.olga).solve("We mended it.", 0)
            self.assertIn("o_complaint_rate", self.url_open(path).text)
            asked = self._send(f"{path}/rate")
            self.assertIn("/complaint/rate/", asked.url)
            self._send(asked.url, value=str(stars))
            shown = self.url_open(path).text
            self.assertNotIn("o_complaint_rate", shown.replace("_rated", ""))
            self.assertIn(f'aria-label="{stars} / 5"', shown)
            self.assertIn(path, self._send(f"{path}/rate").url, "it is rated")
            given = complaint.rating_ids.filtered("consumed")
            self.assertEqual(len(given), solved)
            complaint.with_user(self.olga).reopen("It rattles again")
        self.session = self.authenticate("eve", "eve" * 3)
        complaint.with_user(self.olga).solve("We mended it.", 0)
        self.assertNotIn("/rate", self._send(f"{path}/rate").url)

    def test_portal_users_have_no_right_on_the_models(self):
        for model in self.env:
            if model.startswith("crm.complaint"):
                records = self.env[model].with_user(self.paula)
                if not records._abstract:
                    self.assertFalse(records.has_access("read"), model)

    def test_a_customer_confirms_or_disputes_what_was_done(self):
        complaint, other = self._register(), self._register(subject="Bill")
        (complaint | other).with_user(self.olga).solve("We mended it.", 0)
        self.session = self.authenticate("paula", "paula" * 3)
        path = f"/my/complaints/{complaint.id}"
        self.assertIn("We mended it.", self.url_open(path).text)
        self._send(f"{path}/confirm")
        self.assertIn("confirmed", complaint.event_ids.mapped("kind"))
        self._send(f"/my/complaints/{other.id}/dispute", text="It rattles still")
        self.assertEqual((other.state, other.round), ("handling", 2))
        self.assertIn("It rattles still", str(other.message_ids.mapped("body")))
