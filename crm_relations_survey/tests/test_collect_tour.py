from datetime import datetime

from odoo.tests import HttpCase, tagged

from .common.collect import CollectCommon


@tagged("post_install", "-at_install")
class TestCollectTour(CollectCommon, HttpCase):
    def test_an_agent_fills_the_survey_while_talking(self):
        rule = self._create_rule(study_id=self.study.id)
        self._create_call(rule_id=rule.id, source="rule")
        self.ask_nps.constr_mandatory = True
        meeting = self._ask("When did we meet?", "datetime")
        self.start_tour(
            "/odoo/call-list", "crm_satisfaction_talk", login="anna", timeout=120
        )
        response = self.responses.search([("partner_id", "=", self.customer.id)])
        self.assertEqual((response.state, response.channel), ("answered", "callback"))
        raw = {score.question: score.raw for score in response.score_ids}
        self.assertEqual((raw["Reception"], raw["Would you recommend us?"]), (0, 9))
        self.assertEqual(response.comment, "Very kind")
        lines = response.user_input_id.user_input_line_ids
        line = lines.filtered(lambda line: line.question_id == meeting)
        self.assertEqual(line.value_datetime, datetime(2026, 5, 6, 2))
        self.assertEqual(response.callback_id.state, "done")

    def test_a_slow_network_keeps_what_was_said_last(self):
        rule = self._create_rule(study_id=self.study.id)
        self._create_call(rule_id=rule.id, source="rule")
        self.start_tour(
            "/odoo/call-list", "crm_satisfaction_talk_slow", login="anna", timeout=120
        )
        response = self.responses.search([("partner_id", "=", self.customer.id)])
        raw = {score.question: score.raw for score in response.score_ids}
        self.assertEqual((raw["Reception"], raw["Would you recommend us?"]), (8, 9))
        self.assertEqual(response.comment, "Said last")
        self.assertEqual(response.state, "answered")


@tagged("post_install", "-at_install")
class TestTabletTour(CollectCommon, HttpCase):
    browser_size = "820x1180"
    touch_enabled = True

    def test_a_customer_fills_it_on_the_tablet_and_signs(self):
        self.survey.write({"access_mode": "token", "questions_layout": "one_page"})
        response = self._ask_for("face", self.person, asked_by_id=self.sally.id)
        action = response.with_user(self.sally).action_hand_over_tablet()
        self.start_tour(
            action["url"], "crm_satisfaction_tablet", login="sally", timeout=120
        )
        self.env.invalidate_all()
        self.assertEqual(response.state, "answered")
        self.assertTrue(response.signature)
        self.assertEqual(response.signed_by, "Paula")
