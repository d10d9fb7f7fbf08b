from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common.collect import CollectCommon


@tagged("post_install", "-at_install")
class TestCollectMessage(CollectCommon):
    """SA-2: invitations by e-mail and text message, and those that a rule of callbacks
    sends instead of calling."""

    def _get_mails(self):
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", (self.customer | self.person).ids)]
        )

    def test_an_e_mail_leaves_once(self):
        response = self._ask_for("email", self.person)
        self.assertFalse(response.sent_at)
        self.assertEqual(self.responses._send_batch(), 1)
        self.assertEqual(self.responses._send_batch(), 0)
        mail = self._get_mails()
        self.assertEqual(mail.recipient_ids, self.person)
        self.assertIn(response.user_input_id.access_token, mail.body_html)
        self.assertTrue(response.sent_at)

    def test_a_text_message_leaves_through_the_provider_of_the_company(self):
        response = self._ask_for("sms")
        self.assertEqual(self.responses._send_batch(), 1)
        sms = self.env["sms.sms"].search([("partner_id", "=", self.customer.id)])
        self.assertIn(response.user_input_id.access_token, sms.body)
        sms.send()
        log = self.env["crm.sms.log"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(log.number, self.customer.phone_sanitized)

    def test_quiet_hours_are_kept(self):
        self.company.write({"care_quiet_from": 21, "care_quiet_until": 8})
        self.customer.tz = "UTC"
        with freeze_time("2026-03-02 22:30:00"):
            response = self._ask_for("sms")
            self.assertEqual(str(response.send_at), "2026-03-03 08:00:00")
            self.assertEqual(self.responses._send_batch(), 0)
        with freeze_time("2026-03-03 08:00:00"):
            self.assertEqual(self.responses._send_batch(), 1)
        self.assertTrue(response.sent_at)

    def test_who_says_no_meanwhile_gets_nothing(self):
        response = self._ask_for("email")
        self.customer.care_opt_out = True
        self.responses._send_batch()
        self.assertEqual(response.state, "cancelled")
        self.assertFalse(response.sent_at)
        self.assertTrue(response.send_problem)
        self.assertFalse(self._get_mails())

    def test_who_is_archived_or_in_trouble_meanwhile_gets_nothing(self):
        archived = self._ask_for("email")
        other = self._create_customer("In trouble", email="trouble@asked.example.com")
        troubled = self._ask_for("email", other)
        self.customer.active = False
        serious = SQL("SELECT %s", other.id)
        partners = type(self.env["res.partner"])
        with patch.object(partners, "_get_care_pauses_sql", lambda _self: serious):
            self.responses._send_batch()
        for response in (archived, troubled):
            self.assertEqual(response.state, "cancelled")
            self.assertTrue(response.send_problem)
        self.assertFalse(self._get_mails())

    def test_one_that_fails_hinders_no_other(self):
        other = self._create_customer("No address")
        bad, good = self._ask_for("email", other), self._ask_for("email")
        self.assertEqual(self.responses._send_batch(), 2)
        self.assertIn("no e-mail address", bad.send_problem)
        self.assertTrue(good.sent_at)
        self.assertEqual(self.responses._send_batch(), 0)

    def test_a_rule_sends_the_link_instead_of_calling(self):
        rule = self._create_rule(study_id=self.study.id, ask_by="sms")
        call = self._create_call(rule_id=rule.id, occasion="order-7", source="rule")
        self.assertNotIn(call, self._get_desk())
        self.assertEqual(self.calls._message_batch(), 1)
        response = self.responses.search([("partner_id", "=", self.customer.id)])
        self.assertEqual((response.channel, response.occasion), ("sms", "order-7"))
        self.assertEqual(call.state, "dropped")
        self.assertEqual(self.calls._message_batch(), 0)

    def test_who_cannot_be_reached_by_message_is_called(self):
        rule = self._create_rule(study_id=self.study.id, ask_by="email")
        self.customer.email = False
        call = self._create_call(rule_id=rule.id, source="rule")
        self.calls._message_batch()
        self.assertEqual(call.state, "open")
        self.assertTrue(call.is_left_to_agents)
        self.assertIn(call, self._get_desk())
        self.assertEqual(self.calls._message_batch(), 0)

    def test_who_was_asked_lately_is_neither_written_to_nor_called(self):
        self._ask_for()
        rule = self._create_rule(study_id=self.study.id, ask_by="sms")
        call = self._create_call(rule_id=rule.id, source="rule")
        self.calls._message_batch()
        self.assertEqual(call.state, "dropped")
        self.assertEqual(len(self.responses.search([])), 1)

    def test_after_a_delivery_the_order_is_known(self):
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "user_id": self.sam.id}
        )
        rule = self._create_rule(
            trigger="delivery", study_id=self.study.id, ask_by="email"
        )
        call = self._create_call(
            rule_id=rule.id,
            source="rule",
            occasion=f"order-{order.id}",
            facts={"code": "callback_delivery", "source": order.id},
        )
        self.calls._message_batch()
        response = self.responses.search([("partner_id", "=", self.customer.id)])
        self.assertEqual(response.order_id, order)
        self.assertEqual(response.user_id, self.sam)
        self.assertFalse(response.asked_by_id)
        self.assertEqual(call.state, "dropped")

    def _get_desk(self):
        return self.calls.with_user(self.anna).search([("is_on_my_desk", "=", True)])

    def test_a_message_that_is_not_due_waits(self):
        rule = self._create_rule(study_id=self.study.id, ask_by="sms")
        later = fields.Datetime.now() + timedelta(hours=3)
        call = self._create_call(rule_id=rule.id, source="rule", due_at=later)
        self.assertEqual(self.calls._message_batch(), 0)
        self.assertEqual(call.state, "open")
