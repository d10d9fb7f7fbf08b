from contextlib import suppress
from unittest.mock import patch

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.crm_relations_survey.controllers import satisfaction_entrance

from .common.loop import LoopCommon


@tagged("post_install", "-at_install")
class TestHostile(LoopCommon, HttpCase):
    """What a salesperson, a portal user or a visitor tries who wants to read, or to
    give, the answers of others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey.write({"access_mode": "token", "questions_layout": "one_page"})
        cls.portal = new_test_user(cls.env, "visitor", groups="base.group_portal")

    def _call(self, path, **params):
        answer = self.url_open(path, json={"params": params}).json()
        self.env.invalidate_all()
        return answer.get("result")

    def _fill(self, response, value="3"):
        """Answer as a customer does in the browser, as whoever is logged in."""
        key = response.user_input_id.access_token
        survey = self.survey.access_token
        self._call(f"/survey/begin/{survey}/{key}")
        values = {str(self.ask_reception.id): value, str(self.ask_delivery.id): value}
        return self._call(f"/survey/submit/{survey}/{key}", **values)

    def test_the_dialog_gives_nobody_the_key_of_others(self):
        response = self._ask_for("email", asked_by_id=self.max.id)
        for user in (self.sam, self.sally):
            wizards = self.env["crm.satisfaction.ask.wizard"].with_user(user)
            values = {
                "response_id": response.id,
                "study_id": self.study.id,
                "partner_ids": [(6, 0, self.customer.ids)],
            }
            told = []
            with suppress(AccessError):
                wizard = wizards.create(values)
                told += [wizard.url, wizard.qr_url]
                told += [*wizard.read(["url", "qr_url"])[0].values()]
            key = response.user_input_id.access_token
            self.assertFalse([text for text in told if key in str(text)])
            self.assertFalse([text for text in told if "data:image" in str(text)])

    def test_whose_work_is_judged_reads_no_key_in_the_chatter(self):
        response = self._ask_for("sms", asked_by_id=self.max.id)
        self.responses._send_batch()
        self.assertTrue(response.sent_at, response.send_problem)
        key = response.user_input_id.access_token
        sent = self.env["sms.sms"].search([("body", "like", key)])
        self.assertEqual(len(sent), 1)
        messages = self.env["mail.message"].with_user(self.sally)
        told = messages.search([("res_id", "=", self.customer.id)]).mapped("body")
        self.assertNotIn(key, " ".join(told))
        self.assertTrue([body for body in told if "[…]" in body])

    def test_a_survey_that_was_asked_for_is_answered_once(self):
        response = self._ask_for()
        self.authenticate(None, None)
        self._fill(response)
        self.assertEqual(response.state, "answered")
        key, survey = response.user_input_id.access_token, self.survey.access_token
        self.url_open(f"/survey/retry/{survey}/{key}")
        self.url_open(f"/survey/start/{survey}")
        inputs = self.env["survey.user_input"].search(
            [("survey_id", "=", self.survey.id)]
        )
        self.assertEqual(inputs, response.user_input_id)
        self._fill(response, "10")
        self.assertEqual(response.score_ids.mapped("raw"), [3, 3])
        self.assertEqual(len(self.responses.search([])), 1)

    def test_no_key_prints_an_anonymous_answer(self):
        self.study.write({"is_anonymous": True, "minimum_count": 5})
        response = self._ask_for(asked_by_id=self.max.id)
        # A number that stands in no page by chance.
        self.env.cr.execute("SELECT setval('survey_user_input_line_id_seq', 918273645)")
        answer, survey = response.user_input_id, self.survey.access_token
        key = answer.access_token
        self.authenticate(None, None)
        self.assertTrue(self._fill(response), "the customer is thanked")
        self.assertEqual(response.state, "answered")
        page = self.url_open(f"/survey/print/{survey}?answer_token={key}")
        self.assertNotIn("Reception", page.text)
        self.authenticate("spec", "specspec")
        page = self.url_open(f"/survey/print/{survey}?answer_token={key}")
        self.assertNotIn("Reception", page.text)
        page = self.url_open(f"/survey/results/{self.survey.id}")
        self.assertNotIn(str(answer.user_input_line_ids[0].id), page.text)

    def test_a_code_read_by_somebody_logged_in_stays_anonymous(self):
        entrance = self.env["crm.satisfaction.entrance"].create(
            {"name": "Showroom", "study_id": self.study.id, "user_id": self.sally.id}
        )
        self.authenticate("visitor", "visitor")
        self.startPatcher(patch.object(satisfaction_entrance, "LEAST_SECONDS", 0))
        stamp = self.env["crm.public.form"]._sign(entrance.token)
        token = http.Request.csrf_token(self)
        self.url_open(
            f"/satisfaction/{entrance.token}",
            data={"csrf_token": token, "stamp": stamp},
            allow_redirects=False,
        )
        response = self.responses.search([("entrance_id", "=", entrance.id)])
        self.assertEqual(len(response), 1)
        self._fill(response, "1")
        self.assertEqual(response.state, "answered")
        answer = response.user_input_id
        for record in (
            *(response, response.score_ids, answer, answer.user_input_line_ids),
            response.loop_activity_id,
        ):
            self.assertTrue(record, record._name)
            people = record.create_uid | record.write_uid
            self.assertNotIn(self.portal, people, record._name)
        self.assertFalse(answer.partner_id | response.partner_id | response.person_id)

    def test_others_read_nothing_by_any_path(self):
        response = self._answer(1, 1, remark="Sally was rude")
        factor = response.score_ids[:1].factor_id
        probes = [
            ("crm.satisfaction.response", [("comment", "like", "rude")]),
            ("crm.satisfaction.score", [("response_id.comment", "like", "rude")]),
            ("crm.satisfaction.report", [("response_id.comment", "like", "rude")]),
            ("crm.satisfaction.report", [("partner_id", "=", self.customer.id)]),
            ("crm.satisfaction.score.report", [("factor_id", "=", factor.id)]),
            ("crm.callback", [("satisfaction_ids.comment", "like", "rude")]),
            ("mail.activity", [("note", "like", "rude")]),
        ]
        for model, domain in probes:
            records = self.env[model].with_user(self.sam)
            with self.subTest(model=model, domain=domain):
                self.assertFalse(records.search_count(domain))
                [(count,)] = records._read_group(domain, [], ["__count"])
                self.assertFalse(count)
        for user in (self.sam, self.portal):
            for name in ("comment", "points", "signature", "settlement", "url"):
                with self.assertRaises(AccessError):
                    response.with_user(user).read([name])
                with self.assertRaises(UserError):  # of rights as well
                    response.with_user(user).export_data([name])

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_nobody_writes_answers(self):
        response = self._answer(1, 1)
        score = response.score_ids[:1]
        for user in (self.sally, self.sam, self.max, self.spec, self.portal):
            for record, values in (
                (response, {"points": 100, "is_low": False}),
                (score, {"points": 100}),
                (response, {"user_id": self.sam.id}),
            ):
                with self.assertRaises(AccessError):
                    record.with_user(user).write(values)
                with self.assertRaises(AccessError):
                    record.with_user(user).unlink()
                with self.assertRaises(AccessError):
                    record.with_user(user).copy()

    def test_no_field_hands_on_as_superuser_what_depends_on_the_caller(self):
        """A field that is read through another as superuser is computed for him."""
        depends = self.env.registry.field_depends_context
        found = {
            f"{name}.{field.name}"
            for name, model in self.env.registry.items()
            for field in model._fields.values()
            if name.startswith("crm.") and field.related and field.compute_sudo
            if not field.related_field.store
            and "uid" in depends.get(field.related_field, ())
        }
        self.assertFalse(found)
