from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..models.collect import crm_satisfaction_talk_question
from .common.collect import CollectCommon


@tagged("post_install", "-at_install")
class TestCollectCallback(CollectCommon):
    """SA-2: the agent fills the survey while talking."""

    def setUp(self):
        super().setUp()
        self.call = self._create_call()
        self.call.with_user(self.anna).take()
        self.talk = self.env["crm.satisfaction.talk"].with_user(self.anna)

    def _open(self, call=None):
        call = (call or self.call).with_user(self.anna)
        action = call.run_button("satisfaction")
        self.assertEqual(action["tag"], "crm_satisfaction_talk")
        return self.responses.browse(action["params"]["response_id"])

    def _save(self, response, question, value, **values):
        return self.talk.save_answer(response.id, question.id, value, **values)

    def test_the_button_opens_the_survey_where_it_was_left(self):
        response = self._open()
        self.assertEqual(response.channel, "callback")
        self.assertEqual(response.callback_id, self.call)
        self.assertEqual(response.asked_by_id, self.anna)
        self.assertEqual(response.user_id, self.sally)
        shown = self.talk.open_talk(response.id)
        titles = [question["title"] for question in shown["questions"]]
        self.assertIn("Reception", titles)
        self._save(response, self.ask_reception, 0)
        self.assertEqual(self._open(), response)
        again = {
            one["id"]: one for one in self.talk.open_talk(response.id)["questions"]
        }
        self.assertEqual(again[self.ask_reception.id]["value"], 0)
        self.assertEqual(again[self.ask_delivery.id]["value"], "")

    def test_the_outcome_ends_the_survey_and_keeps_what_was_said(self):
        response = self._open()
        self._save(response, self.ask_reception, 8)
        self._record(self.call, "complete")
        self.assertEqual(response.state, "answered")
        self.assertEqual(self.call.satisfaction_count, 1)

    def test_what_says_nothing_has_asked_nobody(self):
        response = self._open()
        self._record(self.call, "complete")
        self.assertEqual(response.state, "cancelled")

    def test_it_waits_for_the_next_attempt(self):
        response = self._open()
        self._save(response, self.ask_reception, 8)
        self._record(self.call, "no_answer")
        self.assertEqual(response.state, "open")

    def test_finishing_asks_for_what_must_be_answered(self):
        self.ask_nps.constr_mandatory = True
        response = self._open()
        self._save(response, self.ask_reception, 8)
        self.assertEqual(self.talk.finish(response.id), {"missing": self.ask_nps.ids})
        # Zero is an answer.
        self._save(response, self.ask_nps, 0)
        self.assertEqual(self.talk.finish(response.id), {"missing": []})
        self.assertEqual(response.state, "answered")

    def test_what_was_answered_can_be_corrected_while_the_call_goes_on(self):
        response = self._open()
        self._save(response, self.ask_reception, 8)
        self.talk.finish(response.id)
        self.assertEqual(self._open(), response)
        self._save(response, self.ask_reception, 2)
        self.talk.finish(response.id)
        score = response.score_ids.filtered(lambda one: one.factor_id == self.reception)
        self.assertEqual(score.raw, 2)
        self._record(self.call, "complete")
        with self.assertRaisesRegex(UserError, "not open any more"):
            self.talk.open_talk(response.id)

    def test_an_invitation_that_is_open_already_is_filled_in_the_call(self):
        rule = self._create_rule(study_id=self.study.id)
        sent = self._ask_for("sms", occasion="order-7")
        call = self._create_call(rule_id=rule.id, occasion="order-7", source="rule")
        call.with_user(self.anna).take()
        response = self._open(call)
        self.assertEqual(response, sent)
        self.assertEqual(response.channel, "callback")

    def test_who_was_asked_lately_is_not_asked_again(self):
        self._ask_for(occasion="other")
        with self.assertRaisesRegex(UserError, "asks again from"):
            self.call.with_user(self.anna).run_button("satisfaction")

    def test_a_call_that_has_ended_begins_no_survey(self):
        self._record(self.call, "complete")
        wizard = self.env["crm.satisfaction.ask.wizard"].create(
            {
                "study_id": self.study.id,
                "channel": "callback",
                "callback_id": self.call.id,
                "partner_ids": self.customer.ids,
            }
        )
        self.env.user.group_ids += self.env.ref("crm_relations.group_callback_agent")
        with self.assertRaisesRegex(UserError, "ended already"):
            wizard.action_ask()

    def test_of_several_studies_the_agent_chooses(self):
        other = self.study.copy({"name": "Service", "survey_id": self.survey.id})
        action = self.call.with_user(self.anna).run_button("satisfaction")
        self.assertEqual(action["res_model"], "crm.satisfaction.ask.wizard")
        wizard = self.env["crm.satisfaction.ask.wizard"].with_user(self.anna)
        wizard = wizard.with_context(**action["context"]).create({"study_id": other.id})
        opened = wizard.action_ask()
        response = self.responses.browse(opened["params"]["response_id"])
        self.assertEqual(response.study_id, other)
        self.assertEqual(response.callback_id, self.call)

    def test_only_the_agent_who_asks_fills_it(self):
        response = self._open()
        for user in (self.ben, self.sally, self.spec):
            talk = self.talk.with_user(user)
            for method, args in (
                ("open_talk", []),
                ("save_answer", [self.ask_reception.id, 10]),
                ("finish", []),
            ):
                with self.assertRaises(AccessError):
                    getattr(talk, method)(response.id, *args)
        own = self._ask_for(occasion="own", asked_by_id=self.sally.id)
        with self.assertRaisesRegex(AccessError, "agent who calls"):
            self.talk.with_user(self.sally).open_talk(own.id)

    def test_what_is_no_answer_is_refused(self):
        response = self._open()
        foreign = self.ask_csat.copy({"survey_id": self.survey.copy().id})
        for question, value in (
            (foreign, "x"),
            (self.ask_csat, [foreign.suggested_answer_ids[:1].id or 0, -5]),
            (self.ask_csat, {"a": 1}),
            (self.ask_reception, {"a": 1}),
            (self.ask_reception, 99),
            (self.ask_remark, True),
        ):
            with self.assertRaises(ValidationError):
                self._save(response, question, value)
        self.assertFalse(response.user_input_id.user_input_line_ids)

    def test_choices_and_notes_are_kept(self):
        response = self._open()
        best = self.ask_csat.suggested_answer_ids[-1]
        self._save(response, self.ask_csat, [best.id])
        self._save(response, self.ask_remark, "Very kind")
        shown = {
            one["id"]: one for one in self.talk.open_talk(response.id)["questions"]
        }
        self.assertEqual(shown[self.ask_csat.id]["value"], best.ids)
        self.assertEqual(shown[self.ask_remark.id]["value"], "Very kind")
        self._save(response, self.ask_csat, [])
        shown = {
            one["id"]: one for one in self.talk.open_talk(response.id)["questions"]
        }
        self.assertEqual(shown[self.ask_csat.id]["value"], [])
        self._save(response, self.ask_csat, best.id)
        lines = response.sudo().user_input_id.user_input_line_ids
        self.assertEqual(lines.suggested_answer_id, best)

    def test_of_what_several_can_be_chosen_it_is_said(self):
        questions = self.env["survey.question"]
        for kind, subtype, several in (
            ("matrix", "multiple", True),
            ("matrix", "simple", False),
            ("multiple_choice", "multiple", True),
            ("simple_choice", "multiple", False),
        ):
            question = questions.new({"question_type": kind, "matrix_subtype": subtype})
            with self.subTest(f"{kind} {subtype}"):
                found = crm_satisfaction_talk_question._takes_several(question)
                self.assertIs(found, several)

    def test_without_a_person_at_the_number_the_customer_is_asked(self):
        self.call.sudo().number_partner_id = False
        self.assertEqual(self._open().partner_id, self.customer)

    def test_a_rule_says_by_which_survey_and_how_it_asks(self):
        rule = self._create_rule(study_id=self.study.id)
        self.assertIn("The call asks the survey “Purchase”.", rule.sentence)
        rule.study_id.is_anonymous = True
        rule.ask_by = "email"
        self.assertIn("link of the survey “Purchase”", rule.sentence)
        with self.assertRaisesRegex(ValidationError, "is anonymous"):
            rule.ask_by = "call"

    def test_asking_by_call_makes_the_call(self):
        customer = self._create_customer(
            "To call", user_id=self.sally.id, phone="138 0013 8009"
        )
        customers = customer.with_user(self.sally)
        self.assertAnswers(customers.ask_satisfaction(self.study.id, "callback"), "ok")
        response = self.responses.search([("partner_id", "=", customer.id)])
        call = response.callback_id
        self.assertEqual(call.study_id, self.study)
        call.with_user(self.anna).take()
        self.assertEqual(self._open(call), response)
        self.assertEqual(response.asked_by_id, self.anna)
