from base64 import b64encode
from unittest.mock import patch

from lxml.html import fromstring

from odoo import http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.crm_relations_survey.controllers import satisfaction_entrance

from .common.collect import CollectCommon

PICTURE = b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 64).decode()


@tagged("post_install", "-at_install")
class TestCollectPages(CollectCommon, HttpCase):
    """SA-2: the pages that customers see: by a code, by a link, on our tablet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey.write({"access_mode": "token", "questions_layout": "one_page"})
        cls.entrance = cls.env["crm.satisfaction.entrance"].create(
            {
                "name": "Showroom North",
                "study_id": cls.study.id,
                "team_id": cls.north.id,
                "user_id": cls.sally.id,
                "most_per_source": 3,
            }
        )
        cls.page = f"/satisfaction/{cls.entrance.token}"

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(satisfaction_entrance, "LEAST_SECONDS", 0))
        self.authenticate(None, None)

    def _post(self, path, **values):
        values = {"csrf_token": http.Request.csrf_token(self), **values}
        answer = self.url_open(path, data=values, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def _enter(self, **values):
        stamp = self.env["crm.public.form"]._sign(self.entrance.token)
        return self._post(self.page, **({"stamp": stamp} | values))

    def _call(self, path, **params):
        answer = self.url_open(path, json={"params": params}).json()
        self.env.invalidate_all()
        return answer.get("result")

    def _answer_all(self, response):
        """Answer as a customer does in the browser."""
        answer = response.user_input_id
        survey, key = response.study_id.survey_id.access_token, answer.access_token
        self._call(f"/survey/begin/{survey}/{key}")
        values = {str(self.ask_reception.id): "3", str(self.ask_delivery.id): "0"}
        self._call(f"/survey/submit/{survey}/{key}", **values)

    def test_a_code_makes_an_anonymous_answer_that_knows_whose_work_it_is(self):
        page = self.url_open(self.page)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Showroom North", page.text)
        self.assertIn("no-store", page.headers["Cache-Control"])
        answer = self._enter()
        self.assertEqual(answer.status_code, 303)
        response = self.responses.search([("entrance_id", "=", self.entrance.id)])
        self.assertIn(response.user_input_id.access_token, answer.headers["Location"])
        self._answer_all(response)
        self.assertEqual(response.state, "answered")
        self.assertFalse(response.partner_id)
        self.assertEqual(response.user_id, self.sally)
        self.assertEqual(response.team_id, self.north)
        self.assertEqual(response.company_id, self.entrance.company_id)
        self.assertEqual(self.entrance.response_count, 1)

    def _begin(self, lang):
        """Return the first two pages that a customer of this language is shown."""
        customer = self._create_customer("Asked", lang=lang)
        answer = self._ask_for(partner=customer).user_input_id
        keys = f"{self.survey.access_token}/{answer.access_token}"
        start = self.url_open(answer.get_start_url()).text
        # As the page does: with the language that is chosen on it, else the first.
        options = fromstring(start).xpath("//select[@name='lang_code']/option")
        chosen = max(options, key=lambda one: bool(one.get("selected")))
        params = {"lang_code": chosen.get("value")}
        _correct, found = self._call(f"/survey/begin/{keys}", **params)
        return start, found["survey_content"]

    def test_a_survey_ends_in_the_language_in_which_it_began(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.survey.with_context(lang="fr_FR").title = "Votre avis"
        self.ask_reception.with_context(lang="fr_FR").title = "Accueil"
        english, french = map(self.env.ref, ("base.lang_en", "base.lang_fr"))
        self.survey.lang_ids = english + french
        start, asked = self._begin("fr_FR")
        self.assertIn("Votre avis", start)
        self.assertIn("Accueil", asked)
        self.survey.lang_ids = english
        start, asked = self._begin("fr_FR")
        self.assertNotIn("Votre avis", start)
        self.assertNotIn("Accueil", asked)

    def test_ready_surveys_are_asked_in_all_languages(self):
        study = self.env["crm.satisfaction.study"]._use_ready("service")
        self.assertFalse(study.survey_id.lang_ids)

    def test_who_answers_anonymously_is_told_so(self):
        start, _asked = self._begin("en_US")
        self.assertNotIn("anonymous", start)
        self.study.write({"is_anonymous": True, "minimum_count": 5})
        start, _asked = self._begin("en_US")
        self.assertIn("Your answers are anonymous", start)

    def test_the_code_is_drawn_here_and_hangs_on_the_wall(self):
        """By no program that a server may lack."""
        picture = self.entrance.with_user(self.spec).qr_image
        self.assertTrue(picture.startswith("data:image/svg+xml;base64,"))
        reports = self.env["ir.actions.report"].with_user(self.spec)
        html, _kind = reports._render_qweb_html(
            "crm_relations_survey.crm_satisfaction_entrance_sheet", self.entrance.ids
        )
        sheet = html.decode()
        for text in ("Showroom North", self.entrance.token, "two minutes", picture):
            self.assertIn(text, sheet)

    def test_a_page_opens_with_its_key_only(self):
        for path in ("/satisfaction/nothing", f"{self.page}x"):
            self.assertEqual(self.url_open(path).status_code, 404, path)
        self.entrance.with_user(self.spec).action_renew()
        self.assertEqual(self.url_open(self.page).status_code, 404)
        self.entrance.active = False
        token = f"/satisfaction/{self.entrance.token}"
        self.assertEqual(self.url_open(token).status_code, 404)

    def test_a_study_out_of_use_lets_nobody_in(self):
        self.study.active = False
        self.assertEqual(self.url_open(self.page).status_code, 404)

    def test_who_comes_too_often_waits(self):
        for _time in range(3):
            self.assertEqual(self._enter().status_code, 303)
        answer = self._enter()
        self.assertEqual(answer.status_code, 429)
        self.assertIn("try again in an hour", answer.text)
        self.assertEqual(len(self.responses.search([("channel", "=", "qr")])), 3)

    def test_a_form_that_is_sent_twice_begins_one_answer(self):
        stamp = self.env["crm.public.form"]._sign(self.entrance.token)
        first, second = (self._enter(stamp=stamp) for _click in range(2))
        self.assertEqual(first.headers["Location"], second.headers["Location"])
        [response] = self.responses.search([("channel", "=", "qr")])
        self._answer_all(response)
        # Back on the page, somebody else has the telephone.
        third = self._enter(stamp=stamp)
        self.assertNotEqual(third.headers["Location"], first.headers["Location"])
        self.assertEqual(len(self.responses.search([("channel", "=", "qr")])), 2)

    def test_a_form_that_was_not_handed_out_is_not_taken(self):
        for stamp in (None, "x", self.env["crm.public.form"]._sign("other")):
            self.assertEqual(self._enter(stamp=stamp).status_code, 422)
        self.assertFalse(self.responses.search([("channel", "=", "qr")]))

    def test_whoever_has_the_link_answers_logged_in_as_whomever(self):
        response = self._ask_for()
        url = response._get_url().removeprefix(self.base_url())
        for user in (None, "sally", "anna"):
            self.authenticate(user, user)
            page = self.url_open(url)
            self.assertEqual(page.status_code, 200)
            self.assertIn("o_survey_form", page.text, user)
            self.assertNotIn("Asked Customer", page.text)

    def test_a_link_that_is_shut_opens_nothing(self):
        response = self._ask_for()
        url = response._get_url().removeprefix(self.base_url())
        response.with_user(self.spec).action_cancel()
        page = self.url_open(url)
        self.assertNotIn("o_survey_form", page.text)
        self.assertNotIn("Asked Customer", page.text)

    def test_the_page_tells_nothing_of_customers(self):
        response = self._ask_for(partner=self.person)
        url = response._get_url().removeprefix(self.base_url())
        known = (self.customer.email, self.person.email, self.customer.phone)
        for path in (url, self.page):
            text = self.url_open(path).text
            for secret in known:
                self.assertNotIn(secret, text)

    def test_whoever_hands_the_tablet_over_is_logged_out(self):
        response = self._ask_for("face", asked_by_id=self.sally.id)
        self.authenticate("sally", "sally")
        self.assertIn("/odoo", self.url_open("/odoo").url)
        action = response.with_user(self.sally).action_hand_over_tablet()
        page = self.url_open(action["url"])
        self.assertIn("o_survey_form", page.text)
        self.assertIn("/web/login", self.url_open("/odoo").url)

    def test_the_tablet_shows_nothing_after_it_was_handed_back(self):
        response = self._ask_for("face", self.person)
        url = response._get_url().removeprefix(self.base_url())
        key = response.user_input_id.access_token
        self.assertEqual(self.url_open(f"/satisfaction/sign/{key}").status_code, 404)
        self._answer_all(response)
        self.assertIn("/satisfaction/sign/", self.url_open(url).text)
        self.assertEqual(self.url_open(f"/satisfaction/sign/{key}").status_code, 200)
        path = f"/satisfaction/sign/{key}/accept"
        self.assertIn("error", self._call(path, name="Paula", signature="bm9uZQ=="))
        answer = self._call(path, name="Paula", signature=PICTURE)
        self.assertEqual(answer["redirect_url"], "/satisfaction/thanks")
        self.assertEqual(response.signed_by, "Paula")
        self.assertTrue(response.signature)
        self.assertIn("error", self._call(path, name="Eve", signature=PICTURE))
        self.assertEqual(response.signed_by, "Paula")
        survey = self.survey.access_token
        for path in (
            url,
            f"/survey/print/{survey}?answer_token={key}",
            f"/survey/{survey}/{key}",
        ):
            text = self.url_open(path).text
            self.assertNotIn("Reception", text, path)
        self.assertEqual(self.url_open(f"/satisfaction/sign/{key}").status_code, 404)
        self.assertIn(
            "hand the tablet back", self.url_open("/satisfaction/thanks").text
        )

    def test_nobody_has_to_sign(self):
        response = self._ask_for("face")
        self._answer_all(response)
        key = response.user_input_id.access_token
        answer = self._post(f"/satisfaction/sign/{key}/skip")
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(response.handed_back_at)
        self.assertFalse(response.signed_at)

    def test_keys_of_other_surveys_open_no_tablet(self):
        link = self._ask_for().user_input_id.access_token
        loose = self.survey._create_answer(check_attempts=False).access_token
        for key in (link, loose, "nothing"):
            for path in ("tablet", "sign"):
                url = f"/satisfaction/{path}/{key}"
                self.assertEqual(self.url_open(url).status_code, 404, url)
            self.assertIn("error", self._call(f"/satisfaction/sign/{key}/accept"))

    def test_a_signature_is_a_picture_of_some_size(self):
        response = self._ask_for("face")
        response.state = "answered"
        large = b64encode(b"\x89PNG" + b"0" * 600_000).decode()
        for signature in (None, "", 5, {"a": 1}, "§", large, b64encode(b"GIF")):
            with self.assertRaises(UserError):
                response._sign("Paula", signature)
        response._sign({"a": 1}, PICTURE)
        self.assertFalse(response.signed_by)

    @mute_logger("odoo.http")
    def test_portal_users_reach_no_methods(self):
        portal = new_test_user(
            self.env, "petra", password="petrapetra", groups="base.group_portal"
        )
        response = self._ask_for()
        self.authenticate("petra", "petrapetra")
        for model, method, ids in (
            ("crm.satisfaction.response", "read", response.ids),
            ("crm.satisfaction.response", "settle", response.ids),
            ("crm.satisfaction.talk", "open_talk", None),
            ("res.partner", "ask_satisfaction", portal.partner_id.ids),
        ):
            args = {
                "read": [ids, ["points"]],
                "settle": [ids, "x"],
                "open_talk": [response.id],
                "ask_satisfaction": [ids, self.study.id, "link"],
            }[method]
            answer = self.url_open(
                "/web/dataset/call_kw",
                json={
                    "params": {
                        "model": model,
                        "method": method,
                        "args": args,
                        "kwargs": {},
                    }
                },
            ).json()
            told = answer.get("result") or []
            self.assertFalse([row for row in told if row.get("ok")], (model, method))
        self.assertFalse(response.settled_at)

    def test_what_no_address_holds_opens_nothing(self):
        entrances = self.env["crm.satisfaction.entrance"]
        for token in ("a\0b", "ü", None, 5, [], ""):
            self.assertFalse(entrances._find_open(token))
        self.assertTrue(entrances._find_open(self.entrance.token))
