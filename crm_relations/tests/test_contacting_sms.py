from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sms.tools.sms_api import SmsApi

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestCareSms(RelationsCommon):
    """Issue 5: text messages go through Odoo's queue, and nothing leaves by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(phone="+86 138 0013 8000")
        cls.other = cls.env["res.company"].create({"name": "Other"})

    def setUp(self):
        super().setUp()
        self.paid = []

        def send(api, messages, delivery_reports_url=False):
            self.paid += messages
            return [
                {"uuid": number["uuid"], "state": "success"}
                for message in messages
                for number in message["numbers"]
            ]

        self.patch(SmsApi, "_send_sms_batch", send)

    def _create_sms(self, company=None, **values):
        message = self.customer._message_log(body="Hello", message_type="sms")
        message.record_company_id = company or self.company
        values = {
            "body": "Hello",
            "number": "+8613800138000",
            "partner_id": self.customer.id,
            "mail_message_id": message.id,
        } | values
        return self.env["sms.sms"].create(values)

    def _log(self):
        return self.env["crm.sms.log"].search([("partner_id", "=", self.customer.id)])

    def test_a_new_company_has_chosen_no_provider(self):
        self.assertEqual(self.other.relations_sms_provider, "none")

    def test_other_messages_of_odoo_are_left_alone_unless_logging_is_chosen(self):
        for provider in ("none", "odoo"):
            self.company.relations_sms_provider = provider
            self.assertIs(self.company._get_sms_api_class(), SmsApi)
        self._create_sms().send()
        self.assertEqual(len(self.paid), 1)
        self.assertFalse(self._log())

    def test_logged_messages_reach_the_log_and_no_service(self):
        self.company.relations_sms_provider = "log"
        for send in (
            lambda sms: sms.send(),
            lambda sms: sms._send(),
        ):
            sms = self._create_sms()
            send(sms)
            self.assertEqual(sms.state, "pending")
            self.assertTrue(sms.to_delete)
        self.assertFalse(self.paid)
        self.assertRecordValues(
            self._log(),
            [
                {
                    "number": "+8613800138000",
                    "body": "Hello",
                    "company_id": self.company.id,
                }
            ]
            * 2,
        )

    def test_one_queue_of_two_companies_each_by_its_own_provider(self):
        """Odoo would stop at such a batch, or take it all to its paid service."""
        self.company.relations_sms_provider = "odoo"
        self.other.relations_sms_provider = "log"
        for send in (
            lambda batch: batch.send(),
            lambda batch: batch._send(),
        ):
            self.paid.clear()
            ours, theirs = self._create_sms(), self._create_sms(self.other)
            send(ours + theirs)
            self.assertEqual([sms.state for sms in ours + theirs], ["pending"] * 2)
            [message] = self.paid
            self.assertEqual(message["numbers"][0]["uuid"], ours.uuid)
        self.assertEqual(self._log().company_id, self.other)

    def test_a_message_without_number_is_reported_and_not_logged(self):
        self.company.relations_sms_provider = "log"
        sms = self._create_sms(number=False)
        sms.send()
        self.assertRecordValues(
            sms, [{"state": "error", "failure_type": "sms_number_missing"}]
        )
        self.assertFalse(self._log())

    def test_a_message_that_is_repeated_to_the_provider_is_logged_once(self):
        self.company.relations_sms_provider = "log"
        sms = self._create_sms()
        sms.send()
        sms.send()
        self.assertEqual(len(self._log()), 1)

    def test_the_log_is_for_those_who_answer_for_all_customers(self):
        self.company.relations_sms_provider = "log"
        self._create_sms().send()
        log = self._log()
        self.assertTrue(log.with_user(self.rita).body)
        with self.assertRaises(AccessError):
            log.with_user(self.sally).read(["body"])
        with self.assertRaises(AccessError):
            log.with_user(self.anna).body = "Never sent"

    def test_bad_quiet_hours_are_refused(self):
        settings = self.env["res.config.settings"]
        for name in ("care_quiet_from", "care_quiet_until"):
            for hour in (-0.1, 24):
                with self.subTest((name, hour)), self.assertRaises(ValidationError):
                    settings.create({name: hour})
                with (
                    mute_logger("odoo.sql_db"),
                    self.subTest((name, hour)),
                    self.assertRaises(CheckViolation),
                    self.env.cr.savepoint(),
                ):
                    self.company[name] = hour
                    self.company.flush_recordset()
                self.company.invalidate_recordset()
            for hour in (0, 23.99):
                settings.create({name: hour})
                self.assertEqual(self.company[name], hour)

    def test_what_another_company_wrote_down_is_not_seen(self):
        self.company.relations_sms_provider = "log"
        self.other.relations_sms_provider = "log"
        (self._create_sms() | self._create_sms(self.other)).send()
        log = self._log()
        self.assertEqual(log.company_id, self.company | self.other)
        seen = log.with_user(self.rita).search([("id", "in", log.ids)])
        self.assertEqual(seen.company_id, self.company)
