from datetime import timedelta
from email import message_from_string, policy

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common.hiding import (
    EMAIL,
    LEAD_EMAIL,
    PERSON_EMAIL,
    PHONE,
    HidingCommon,
)

BOUNCE = """\
From: MAILER-DAEMON@example.com
To: bounce@example.com
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Not delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; example.com

Final-Recipient: rfc822; {address}
Action: failed

--B--
"""


@tagged("post_install", "-at_install")
class TestHidingEdges(HidingCommon):
    """Ways of writing to hidden customers that are seldom gone, and of finding them."""

    def setUp(self):
        super().setUp()
        self._release()

    def _compose(self, user, **values):
        values = {
            "model": "res.partner",
            "res_ids": repr(self.customer.ids),
            "partner_ids": self.customer.ids,
            "subject": "Hello",
            "body": "Hello",
        } | values
        return self.env["mail.compose.message"].with_user(user).create(values)

    def _compose_sms(self, user, records):
        return (
            self.env["sms.composer"]
            .with_user(user)
            .create(
                {
                    "composition_mode": "mass",
                    "res_model": "res.partner",
                    "res_ids": repr(records.ids),
                    "body": "Hello",
                }
            )
        )

    def test_nobody_schedules_a_letter_to_whom_he_could_not_send_one(self):
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        composer = self._compose(self.sally, scheduled_date=tomorrow)
        with self.assertRefused("hidden until claimed", UserError):
            composer.action_schedule_message()

    def test_who_may_be_shown_the_address_may_write_to_it(self):
        for user in (self.max, self.rita):
            self.customer.with_user(user)._check_may_be_written_to()
        with self.assertRefused("hidden until claimed", UserError):
            self.customer.with_user(self.sally)._check_may_be_written_to()

    def test_no_text_messages_to_many_by_hand(self):
        mine = self._create_customer("Mine", user_id=self.sally.id, phone=PHONE)
        composer = self._compose_sms(self.sally, mine | self.customer)
        with self.assertRefused("hidden until claimed", UserError):
            composer.action_send_sms_mass_now()
        self._compose_sms(self.sally, mine)._check_no_hidden_recipients()

    def test_text_messages_of_the_system_to_many_wait_for_the_number(self):
        nobody = self._create_customer("No Number")
        records = self.customer | nobody
        composer = self._compose_sms(self.env.user, records)
        values = composer._prepare_mass_sms_values(records)
        hidden, lacking = values[self.customer.id], values[nobody.id]
        self.assertEqual(hidden["state"], "outgoing")
        self.assertFalse(hidden["failure_type"] or hidden["number"])
        self.assertEqual(hidden["partner_id"], self.customer.id)
        self.assertEqual(lacking["failure_type"], "sms_number_missing")

    def test_a_bounce_finds_whose_address_it_was(self):
        thread = self.env["mail.thread"]
        for address, partner in (
            (EMAIL, self.customer),
            (PERSON_EMAIL, self.person),
            ("nobody@elsewhere.example.com", self.env["res.partner"]),
        ):
            mail = message_from_string(
                BOUNCE.format(address=address), policy=policy.SMTP
            )
            found = thread.message_parse(mail)
            with self.subTest(address):
                self.assertEqual(found["bounced_email"], address)
                self.assertEqual(found["bounced_partner"], partner)

    def test_a_loop_is_found_by_a_hidden_address(self):
        leads = self.env["crm.lead"]
        for address, found in ((PERSON_EMAIL, True), ("bob@elsewhere.com", False)):
            domain = leads._detect_loop_sender_domain(address)
            with self.subTest(address):
                self.assertEqual(self.lead in leads.search(domain), found)

    def test_what_is_seen_in_a_call_is_logged_once_an_hour(self):
        showings = self.env["crm.hidden.showing"]
        customer = self.customer.with_user(self.anna)
        for minutes, count in ((0, 1), (59, 1), (60, 2)):
            with freeze_time(fields.Datetime.now() + timedelta(minutes=minutes)):
                customer._log_shown("phone", "call")
            with self.subTest(minutes):
                self.assertEqual(showings.search_count([]), count)
        customer._log_shown("email", "call")
        self.person.with_user(self.anna)._log_shown("phone", "call")
        self.assertEqual(showings.search_count([]), 4)
        self._claim()
        customer._log_shown("email", "call")
        self.assertEqual(showings.search_count([]), 4)

    def test_a_change_proposed_before_waits_until_claimed(self):
        self._claim(user=self.sam)
        proposal = (
            self.env["crm.archive.proposal"]
            .with_user(self.sally)
            .create(
                {
                    "partner_id": self.customer.id,
                    "field_name": "phone",
                    "new_value": "+86 138 0000 0000",
                }
            )
        )
        self._release()
        with self.assertRefused("hidden until", UserError):
            proposal.with_user(self.rita).action_approve()
        self._claim(user=self.sam)
        self.assertEqual(self.customer.phone, PHONE)
        proposal.with_user(self.sam).action_approve()
        self.assertEqual(self.customer.phone, "+86 138 0000 0000")

    def test_a_proposal_does_not_tell_whether_a_number_is_right(self):
        right, wrong = map(self._propose_phone, (PHONE, "+86 138 6095 2634"))
        self.assertEqual(right, wrong)
        self.assertNotIn("5907", str(right))

    def _propose_phone(self, number):
        """Return what who proposes a number is told; a refusal in its words."""
        proposals = self.env["crm.archive.proposal"].with_user(self.sally)
        values = {"partner_id": self.customer.id, "field_name": "phone"}
        try:
            with self.cr.savepoint():
                proposal = proposals.create({**values, "new_value": number})
        except UserError as error:
            return str(error)
        names = ("old_value", "old_text", "is_outdated", "state", "may_decide")
        return {name: proposal[name] for name in names}

    def test_nobody_takes_a_contact_out_where_customers_are_not_owned(self):
        """The archive is open there; what is hidden is not."""
        self.company.customers_are_owned = False
        self.sally.group_ids += self.env.ref("base.group_partner_manager")
        mine = self._create_customer("Mine", user_id=self.sally.id)
        for person in (self.person.with_user(self.sally),):
            for parent in (mine.id, False):
                with self.assertRefused("public pool", UserError):
                    person.parent_id = parent
            person.write({"parent_id": self.customer.id, "function": "Buyer"})
        self.assertEqual(self.person.function, "Buyer")
        with self.assertRefused("public pool", UserError):
            self.customer.with_user(self.sally).is_managed_customer = False
        self.assertHidden(self.person)

    def test_a_pool_that_hides_nothing_costs_nothing(self):
        pools = self.env["crm.pool"]
        self.assertTrue(pools._hides_anything())
        self.hiding.active = False
        self.assertTrue(pools._hides_anything())
        pools.search([("active", "in", (True, False))]).write(
            {"hides_phone": False, "hides_email": False}
        )
        self.assertFalse(pools._hides_anything())
        self.assertEqual(self.customer.phone, PHONE)
        pools.create({"name": "Hides by itself"})
        self.assertTrue(pools._hides_anything())

    def test_of_archived_customers_the_settings_move_the_values_too(self):
        self.customer.active = False
        self.hiding.hides_phone = False
        self.assertEqual(self.customer.phone, PHONE)
        self.assertFalse(self.customer.email)
        self.hiding.hides_phone = True
        self.assertHidden(self.customer)

    def test_what_only_the_customer_hides_its_contacts_show(self):
        self.hiding.hides_contacts = False
        self.assertEqual(self.person.email, PERSON_EMAIL)
        self.assertHidden(self.customer)
        seen = self.person.with_user(self.sally)
        self.assertFalse(seen._filter_hidden_from(self.sally))
        self.assertTrue(self.customer._filter_hidden_from(self.sally))
        self.assertEqual(self.lead.email_from, LEAD_EMAIL)

    def test_what_is_hidden_is_not_typed_over_beside_what_is_not(self):
        self.hiding.write({"hides_email": False, "is_editable": True})
        customer = self.customer.with_user(self.sally)
        customer.email = "new@elsewhere.example.com"
        values = {"email": "newer@elsewhere.example.com", "phone": "+86 1"}
        with self.assertRefused("hidden until claimed", UserError):
            customer.write(values)
        self.assertEqual(self.customer.email, "new@elsewhere.example.com")

    def test_an_address_that_is_banned_finds_nobody(self):
        partners = self.env["res.partner"]
        for banned, found in (((), True), (None, True), ([EMAIL], False)):
            chosen = partners._choose_hidden(self.customer, EMAIL, ban_emails=banned)
            self.assertEqual(bool(chosen), found)

    def test_an_address_goes_out_of_sight_with_the_login_that_it_was(self):
        """At once: the night, which looks for what was missed, is too late."""
        user = self.env["res.users"].create(
            {
                "login": "bob@example.com",
                "partner_id": self.person.id,
                "group_ids": self.env.ref("base.group_portal").ids,
            }
        )
        self.env.invalidate_all()
        self.assertEqual(self.person.email, PERSON_EMAIL)
        user.active = False
        self.assertEqual(self.person.email, PERSON_EMAIL)
        user.login = "bob"
        self.env.invalidate_all()
        self.assertFalse(self.person.email)
        user.login = "bob@example.com"
        self.env.invalidate_all()
        self.assertEqual(self.person.email, PERSON_EMAIL)
        user.partner_id = self._create_customer("Elsewhere")
        self.env.invalidate_all()
        self.assertFalse(self.person.email)
        user.partner_id = self.person
        self.env.invalidate_all()
        self.assertEqual(self.person.email, PERSON_EMAIL)
        user.unlink()
        self.env.invalidate_all()
        self.assertFalse(self.person.email)
        self.assertTrue(self.person.hidden_email)
