from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common.collect import CollectCommon


@tagged("post_install", "-at_install")
class TestCollectAsk(CollectCommon):
    """SA-2: who is asked, by whom, how often, and who is left in peace."""

    def _ask_as(self, user, partners=None, channel="link"):
        partners = (partners or self.customer).with_user(user)
        return partners.ask_satisfaction(self.study.id, channel)

    def test_answers_know_whose_work_they_judge(self):
        order = self.env["sale.order"].create(
            {"partner_id": self.person.id, "user_id": self.sam.id}
        )
        response = self._ask_for(partner=self.person, order_id=order.id)
        self.assertEqual(response.partner_id, self.customer)
        self.assertEqual(response.person_id, self.person)
        self.assertEqual(response.user_id, self.sam)
        self.assertEqual(response.team_id, order.team_id)
        self.assertEqual(response.company_id, order.company_id)
        self.assertEqual(response.order_id, order)
        answer = response.user_input_id
        self.assertEqual(answer.deadline, response.open_until)
        self.assertEqual(answer.partner_id, self.person)
        self.assertFalse(answer.email)
        self.assertEqual(self._ask_for(occasion="other").user_id, self.sally)

    def test_one_survey_is_open_for_a_customer_and_an_occasion(self):
        first = self._ask_for(occasion="order-1")
        self.assertEqual(self._ask_for("sms", occasion="order-1"), first)
        self.assertNotEqual(self._ask_for(occasion="order-2"), first)
        self.assertAnswers(self._ask_as(self.sally), "too_soon")

    def test_who_may_ask(self):
        other = self._create_customer("Other", user_id=self.sam.id)
        self.assertAnswers(
            self._ask_as(self.sally, self.customer | other), "ok", "no_right"
        )
        self.assertAnswers(self._ask_as(self.spec, other), "ok")
        self.assertAnswers(self._ask_as(self.anna, other, "email"), "no_right")

    def test_nobody_is_judged_by_the_customer_of_somebody_else(self):
        rival = self._create_customer("Other", user_id=self.sam.id)
        order = self.env["sale.order"].create(
            {"partner_id": rival.id, "user_id": self.sam.id}
        )
        asked = self.customer.with_user(self.sally)._ask_satisfaction(
            self.study.with_user(self.sally), "link", order_id=order.id
        )
        self.assertAnswers(asked, "blocked")
        self.assertFalse(self.responses.search([("order_id", "=", order.id)]))

    def test_a_row_for_each_in_the_order_given(self):
        gone = self._create_customer("Gone")
        gone.unlink()
        ids = [self.person.id, gone.id, self.customer.id]
        partners = self.env["res.partner"].with_user(self.sally).browse(ids)
        answers = partners.ask_satisfaction(self.study.id, "link")
        self.assertAnswers(answers, "ok", "missing", "asked")
        self.assertEqual([answer["id"] for answer in answers], ids)
        self.assertIn("/survey/start/", answers[0]["url"])

    def test_nobody_is_asked_twice_within_the_days_of_the_study(self):
        response = self._ask_for()
        self._move_back(response, 89)
        response.state = "answered"
        [answer] = self._ask_as(self.sally)
        self.assertEqual(answer["code"], "too_soon")
        self.assertIn("asks again from", answer["message"])
        self._move_back(response, 91)
        self.assertAnswers(self._ask_as(self.sally), "ok")

    def test_what_was_taken_back_has_asked_nobody(self):
        response = self._ask_for().with_user(self.spec)
        key = response.user_input_id.sudo().deadline
        response.action_cancel()
        self.assertEqual(response.state, "cancelled")
        self.assertLess(response.sudo().user_input_id.deadline, key)
        self.assertAnswers(self._ask_as(self.sally), "ok")

    def test_who_refuses_is_left_in_peace(self):
        self.assertAnswers(self._ask_as(self.sally, channel="sms"), "ok")
        self.responses.search([]).state = "cancelled"
        self.customer.care_mail_opt_out = True
        self.assertAnswers(self._ask_as(self.sally, channel="email"), "blocked")
        self.env["phone.blacklist"]._add([self.customer.phone_sanitized])
        self.assertAnswers(self._ask_as(self.sally, channel="sms"), "blocked")
        self.assertAnswers(self._ask_as(self.sally, channel="callback"), "blocked")
        self.assertAnswers(self._ask_as(self.sally, channel="face"), "ok")

    def test_a_message_needs_an_address_and_a_provider(self):
        self.customer.email = self.person.email = False
        self.assertAnswers(self._ask_as(self.sally, channel="email"), "no_address")
        self.company.relations_sms_provider = "none"
        self.assertAnswers(self._ask_as(self.sally, channel="sms"), "no_address")

    def test_customers_in_a_pool_are_not_asked_by_salespeople(self):
        self.customer.with_user(self.sally).pool_release("no_need", self.pool.id)
        self.assertEqual(self.customer.pool_id, self.pool)
        self.assertAnswers(self._ask_as(self.sally), "no_right")

    def test_a_study_that_asks_nobody_is_refused_in_words(self):
        self.study.survey_id = False
        with self.assertRaisesRegex(ValidationError, "Choose a study"):
            self._ask_as(self.sally)
        with self.assertRaisesRegex(ValidationError, "Choose a study"):
            self.customer.ask_satisfaction(0, "link")
        self.study.survey_id = self.survey
        with self.assertRaisesRegex(ValidationError, "Choose how"):
            self._ask_as(self.sally, channel="pigeon")

    def test_a_study_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.study.company_id = company
        with self.assertRaisesRegex(ValidationError, "Choose a study"):
            self._ask_as(self.sally)
        self.customer.company_id = self.company
        self.assertAnswers(
            self.customer.ask_satisfaction(self.study.id, "link"), "blocked"
        )

    def test_the_link_is_for_who_asks_and_not_for_who_is_judged(self):
        response = self._ask_for(user_id=self.sam.id, asked_by_id=self.sally.id)
        self.assertTrue(response.with_user(self.sally).url)
        self.assertFalse(response.with_user(self.sam).url)
        with self.assertRaisesRegex(AccessError, "hands the survey over"):
            response.with_user(self.sam).action_cancel()

    def test_nobody_writes_a_response_by_hand(self):
        response = self._ask_for(asked_by_id=self.sally.id).with_user(self.sally)
        for method, args in (
            ("write", [{"state": "answered", "points": 100}]),
            ("unlink", []),
        ):
            with self.assertRaises(AccessError):
                getattr(response, method)(*args)
        with self.assertRaises(AccessError):
            self.responses.with_user(self.sally).create(
                {"study_id": self.study.id, "channel": "link"}
            )

    def test_portal_users_ask_nobody(self):
        portal = new_test_user(self.env, "petra", groups="base.group_portal")
        self.customer.message_subscribe(portal.partner_id.ids)
        with self.assertRaises(ValidationError):
            self.customer.with_user(portal).ask_satisfaction(self.study.id, "link")
        self.assertFalse(self.responses.search([]))

    def test_the_same_statements_for_few_and_for_many(self):
        customers = self.env["res.partner"].create(
            [
                {"name": f"Many {number}", "is_managed_customer": True}
                for number in range(12)
            ]
        )

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.study._get_ask_refusals(some, "email", "hand")
            return self.cr.sql_log_count - before

        count(customers)
        self.assertEqual(count(customers[:2]), count(customers))

    def test_the_dialog_shows_the_link(self):
        wizard = self._open_dialog(self.sally, channel="link")
        action = wizard.action_ask()
        self.assertEqual(action["res_id"], wizard.id)
        self.assertIn("/survey/start/", wizard.url)
        self.assertTrue(wizard.qr_url.startswith("data:image/svg+xml"))
        with self.assertRaisesRegex(UserError, "being asked"):
            self._open_dialog(self.sally, channel="link").action_ask()

    def test_an_order_is_an_occasion_of_its_own(self):
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "user_id": self.sally.id}
        )
        context = order.with_user(self.sally).action_ask_satisfaction()["context"]
        wizard = self.env["crm.satisfaction.ask.wizard"].with_user(self.sally)
        wizard = wizard.with_context(**context).create({"channel": "link"})
        wizard.study_id = self.study
        wizard.action_ask()
        self.assertEqual(wizard.response_id.order_id, order)
        self.assertEqual(wizard.response_id.occasion, f"order-{order.id}")

    def test_a_server_action_asks_a_selection(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Ask",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "state": "customer_act",
                "customer_act": "satisfaction",
                "customer_study_id": self.study.id,
                "customer_ask_by": "email",
            }
        )
        action.with_context(
            active_model="res.partner", active_ids=self.customer.ids
        ).run()
        response = self.responses.search([("partner_id", "=", self.customer.id)])
        self.assertEqual(response.channel, "email")

    def test_only_an_action_that_asks_needs_a_study(self):
        actions = self.env["ir.actions.server"]
        for act, needed in (("satisfaction", True), ("claim", False)):
            action = actions.new({"state": "customer_act", "customer_act": act})
            problems = str(action._get_customer_act_problems())
            with self.subTest(act):
                self.assertIs("Choose the study" in problems, needed)

    def _open_dialog(self, user, **values):
        wizards = self.env["crm.satisfaction.ask.wizard"].with_user(user)
        return wizards.create(
            {
                "study_id": self.study.id,
                "partner_ids": [Command.set(self.customer.ids)],
                **values,
            }
        )

    def test_what_nobody_answers_lapses_and_what_was_begun_counts(self):
        lapsed, begun = self._ask_for(), self._ask_for(occasion="other")
        self._say(begun, self.ask_reception, 3)
        past = fields.Datetime.now() - timedelta(days=1)
        (lapsed | begun).open_until = past
        self.assertEqual(self.responses._expire_batch(), 2)
        self.assertEqual((lapsed.state, begun.state), ("expired", "answered"))
        self.assertEqual(self.responses._expire_batch(), 0)

    def test_of_who_reads_a_code_and_says_nothing_nothing_is_kept(self):
        entrance = self.env["crm.satisfaction.entrance"].create(
            {"name": "Showroom", "study_id": self.study.id}
        )
        idle, begun = entrance._let_in(), entrance._let_in()
        answer = idle.user_input_id
        self._say(begun, self.ask_reception, 3)
        (idle | begun).open_until = fields.Datetime.now() - timedelta(days=1)
        self.responses._expire_batch()
        self.assertFalse(idle.exists())
        self.assertFalse(answer.exists())
        self.assertEqual(begun.state, "answered")

    def test_a_customer_of_all_companies_is_asked_by_a_study_of_one(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.study.company_id = self.company
        for company, asked in ((False, True), (self.company, True), (other, False)):
            self.customer.company_id = company
            refused = self.study._get_block(self.customer, self.customer)
            self.assertEqual(not refused, asked, company)

    def test_who_is_left_alone_is_not_written_to(self):
        with patch.object(
            self.env.registry["crm.satisfaction.study"],
            "_get_paused",
            lambda _self, partners: set(partners.ids),
        ):
            refusals = self.study._get_ask_refusals(self.person, "email", "visit")
            self.assertFalse(refusals)  # the person's customer is not
            refusals = self.study._get_ask_refusals(self.customer, "email", "visit")
        self.assertIn("left alone", refusals[self.customer.id][1])

    def test_an_answer_to_a_study_of_all_belongs_to_the_customers_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.company_id = other
        self.study.company_id = False
        vals = self.study._prepare_ask_vals(self.customer, "face", {})
        self.assertEqual(vals["company_id"], other.id)
