import json

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.hiding import EMAIL, PERSON_EMAIL, SECRETS
from .common.hiding_mail import HidingMailCommon
from .common.smtp_server import SmtpServer


@tagged("post_install", "-at_install")
class TestHidingMail(HidingMailCommon):
    """Odoo's own mails reach whose address is hidden."""

    def test_order_and_meeting(self):
        self.order._send_order_confirmation_mail()
        self.assertArrived(EMAIL)
        self.smtp.received.clear()
        self.meeting.attendee_ids._send_invitation_emails()
        self.assertArrived(EMAIL, PERSON_EMAIL)

    def test_an_invoice_by_its_own_wizard(self):
        invoice = self.order._create_invoices()
        invoice.action_post()
        wizard = (
            self.env["account.move.send.wizard"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"sending_methods": ["email"]})
        )
        self.assertNotIn("account_missing_email", wizard.alerts or {})
        wizard.action_send_and_print()
        self._send_queue()
        reached = {address for address, _mail in self.smtp.received}
        self.assertTrue(reached & {EMAIL, PERSON_EMAIL})
        self._check_nothing_is_kept()

    def test_followers_and_notes_of_the_system(self):
        self.order.message_subscribe(self.customer.ids)
        self.order.message_post(
            body="Changed", message_type="notification", subtype_xmlid="mail.mt_comment"
        )
        self.assertArrived(EMAIL)
        self.smtp.received.clear()
        self.env["mail.thread"].message_notify(
            body="Hello", subject="Hello", partner_ids=self.person.ids
        )
        self.assertArrived(PERSON_EMAIL)

    def test_what_a_salesperson_writes_waits_until_claimed(self):
        seen = self.customer.with_user(self.sally)
        with self.assertRefused("hidden until claimed", UserError):
            seen.message_post(
                body="Hello",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.customer.ids,
            )
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.sally)
            .create(
                {
                    "model": "res.partner",
                    "res_ids": repr(self.customer.ids),
                    "composition_mode": "mass_mail",
                    "subject": "Hello",
                    "body": "Hello",
                }
            )
        )
        with self.assertRefused("hidden until claimed", UserError):
            composer.action_send_mail()
        # A note to colleagues is no letter.
        seen.message_post(body="Note", message_type="comment")
        self._send_queue()
        self.assertFalse(self.smtp.received)
        self._claim()
        seen.message_post(
            body="Hello",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.customer.ids,
        )
        self.assertArrived_after_claim()

    def assertArrived_after_claim(self):
        self._send_queue()
        self.assertIn(EMAIL, {address for address, _mail in self.smtp.received})

    def test_a_mailing_reaches_the_customer_but_not_who_refused(self):
        composer = self.env["mail.compose.message"].create(
            {
                "model": "res.partner",
                "res_ids": repr((self.customer | self.person).ids),
                "composition_mode": "mass_mail",
                "subject": "News",
                "body": "News",
                "use_exclusion_list": True,
            }
        )
        self.env["mail.blacklist"]._add(PERSON_EMAIL)
        composer._action_send_mail()
        self.assertArrived(EMAIL)
        reached = {address for address, _mail in self.smtp.received}
        self.assertNotIn(PERSON_EMAIL, reached)

    def test_the_own_mail_server_of_a_salesperson_gets_no_hidden_address(self):
        """What leaves by it stands in the folder of what has been sent."""
        own = self.enterContext(SmtpServer())
        self.sally.email = "sally@us.example.com"
        server = self.env["ir.mail_server"].create(
            {
                "name": "Sally's",
                "smtp_host": "127.0.0.1",
                "smtp_port": own.port,
                "smtp_encryption": "none",
                "owner_user_id": self.sally.id,
                "from_filter": self.sally.email,
                "smtp_user": self.sally.email,
            }
        )
        self.patch(type(server), "_smtp_login__", lambda *_login: None)
        self._send_as_sally(server)
        self.assertFalse(own.received)
        self.assertEqual(self._get_reached().count(EMAIL), 2)
        self._claim()
        self._send_as_sally(server)
        self.assertEqual(len(own.received), 2)

    def _get_reached(self):
        return [address for address, _mail in self.smtp.received]

    def _send_as_sally(self, server):
        """Once by the server that Odoo chooses, once by that one."""
        for server_id in (False, server.id):
            mail = (
                self.env["mail.mail"]
                .with_user(self.sally)
                .sudo()
                .create(
                    {
                        "subject": "Hello",
                        "body_html": "Hello",
                        "email_from": self.sally.email,
                        "recipient_ids": self.customer.ids,
                        "mail_server_id": server_id,
                    }
                )
            )
            mail.send(raise_exception=True)

    def test_a_server_that_refuses_does_not_tell(self):
        self.smtp.refused.add(EMAIL)
        with mute_logger(
            "odoo.addons.mail.models.mail_mail",
            "odoo.addons.base.models.ir_mail_server",
        ):
            self.env["mail.thread"].message_notify(
                body="Hello", subject="Hello", partner_ids=self.customer.ids
            )
            self._send_queue()
        failed = self.env["mail.mail"].search([("state", "=", "exception")])
        reasons = failed.mapped("failure_reason")
        reasons += self.env["mail.notification"].search([]).mapped("failure_reason")
        self.assertTrue(any(reasons))
        for secret in SECRETS:
            self.assertNotIn(secret, repr(reasons))

    def test_who_writes_to_us_is_found_and_not_made_again(self):
        before = self.env["res.partner"].search_count([])
        found = self.env["res.partner"]._find_or_create_from_emails(
            [f'"Bob B." <{PERSON_EMAIL}>', "new@elsewhere.example.com"]
        )
        self.assertEqual(found[0], self.person)
        self.assertEqual(self.env["res.partner"].search_count([]), before + 1)
        again = self.env["res.partner"].find_or_create(PERSON_EMAIL)
        self.assertEqual(again, self.person)

    def test_an_incoming_mail_keeps_no_address(self):
        message = self.order.message_post(
            body="Hello",
            author_id=self.person.id,
            email_from=f"Bob <{PERSON_EMAIL}>",
            message_type="email",
            incoming_email_to=f"Us <us@example.com>, Anna <{EMAIL}>",
        )
        self.assertFalse(message.email_from)
        self.assertIn("us@example.com", message.incoming_email_to)
        self._check_nothing_is_kept()
        self._claim()
        self.assertIn(PERSON_EMAIL, message.email_from)

    def test_event_reminders_arrive(self):
        template = self.env.ref("event.event_subscription")
        schedulers = self.env["event.mail"].create(
            {
                "event_id": self.event.id,
                "interval_type": "after_sub",
                "interval_unit": "now",
                "template_ref": f"mail.template,{template.id}",
            }
        )
        self.event.registration_ids.state = "open"
        self.event.date_end = fields.Datetime.add(fields.Datetime.now(), days=3)
        schedulers.execute()
        self.assertArrived(PERSON_EMAIL)

    def test_care_by_mail_and_by_text_message_reaches_the_customer(self):
        self.company.relations_sms_provider = "log"
        template = self.env["sms.template"].create(
            {
                "name": "Hello",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "body": "Hello",
            }
        )
        self.customer._message_sms_with_template(template=template)
        self.env["sms.sms"].search([("state", "=", "outgoing")]).send()
        log = self.env["crm.sms.log"].search(
            [("partner_id", "=", self.customer.id), ("body", "=", "Hello")], limit=1
        )
        self.assertEqual(log.hidden_phone, "+86138****2634")
        self.assertFalse(log.number)
        self._claim()
        self.assertEqual(log.number, "+8613859072634")

    def test_no_text_message_by_hand(self):
        composer = (
            self.env["sms.composer"]
            .with_user(self.sally)
            .create(
                {
                    "res_model": "res.partner",
                    "res_id": self.customer.id,
                    "body": "Hello",
                    "recipient_single_number_itf": "+86 138 0000 0000",
                }
            )
        )
        with self.assertRefused("hidden until claimed", UserError):
            composer.action_send_sms()

    def test_a_login_keeps_its_address(self):
        """Who logs in changes the password by mail."""
        user = self.env["res.users"].create(
            {
                "name": "Bob",
                "login": "bob",
                "partner_id": self.person.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        self.assertEqual(self.person.email, PERSON_EMAIL)
        self.assertFalse(self.person.phone)
        user.active = False
        self.assertFalse(self.person.email)

    def test_a_login_that_is_an_address_tells_it_when_it_is_archived_too(self):
        """Colleagues read the login of who may log in no more: nothing is hidden that
        stands there."""
        user = self.env["res.users"].create(
            {
                "name": "Bob",
                "login": PERSON_EMAIL,
                "partner_id": self.person.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        user.active = False
        self.assertEqual(self.person.email, PERSON_EMAIL)
        self.assertFalse(self.person.hidden_email)

    @mute_logger("odoo.addons.mail.models.mail_scheduled_message")
    def test_what_a_salesperson_writes_for_later_waits_too(self):
        """Whatever kind of message he calls it."""
        for kind in (None, "notification", "user_notification"):
            with self.subTest(kind):
                later = self.env["mail.scheduled.message"].with_user(self.sally)
                now = fields.Datetime.now()
                values = {
                    "model": "res.partner",
                    "res_id": self.customer.id,
                    "author_id": self.sally.partner_id.id,
                    "body": "Hello",
                    "partner_ids": self.customer.ids,
                    "scheduled_date": now,
                    "notification_parameters": kind
                    and json.dumps({"message_type": kind}),
                }
                with freeze_time(now):  # nothing is planned for what has passed
                    later = later.create(values)
                with self.assertRefused("hidden until claimed", UserError):
                    later.post_message()
                self.env["mail.scheduled.message"]._post_messages_cron()
                self._send_queue()
                reached = {address for address, _mail in self.smtp.received}
                self.assertNotIn(EMAIL, reached)
