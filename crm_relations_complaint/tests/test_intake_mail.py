from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.intake_mail import IntakeMailCommon


@tagged("post_install", "-at_install")
class TestIntakeMail(IntakeMailCommon):
    """Complaints that come through the real gateway."""

    def test_a_mail_becomes_a_complaint_and_is_acknowledged(self):
        complaint = self._receive("a")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.person_id, self.person)
        self.assertEqual(complaint.subject, "My car")
        self.assertIn("It rattles", complaint.facts)
        self.assertEqual(complaint.channel, "email")
        self.assertEqual(complaint.user_id, self.olga)
        files = complaint.message_ids.attachment_ids
        self.assertEqual(files.mapped("name"), ["bill.txt"])
        ours = self._get_acknowledged()
        self.assertEqual(len(ours), 1)
        self.assertIn("access_token", ours.body_html)
        self.assertIn("auto-replied", ours.headers)
        self.assertNotIn("rattles", ours.body_html)

    def test_an_answer_goes_into_its_complaint(self):
        complaint, other = self._receive("b1"), self._receive("b2", subject="Bill")
        self.assertNotEqual(complaint, other)
        reply = "In-Reply-To: <b1@outside.example.com>\n"
        self.assertEqual(self._receive("b3", "And now?", head=reply), complaint)
        self.assertIn("answered", complaint.event_ids.mapped("kind"))
        self.assertNotIn("answered", other.event_ids.mapped("kind"))

    def test_an_unknown_sender_stays_unknown(self):
        complaint = self._receive("c", sender="Zoe <zoe@nowhere.example.com>")
        self.assertFalse(complaint.partner_id)
        self.assertEqual(complaint.caller_name, "Zoe")
        self.assertEqual(complaint.caller_email, "zoe@nowhere.example.com")
        rooms = self.env["crm.complaint"]
        for sender in ("Zoe", False):
            vals = rooms._prepare_mail_vals({"email_from": sender}, rooms)
            self.assertEqual((vals["caller_name"], vals["caller_email"]), ("", sender))

    def test_machines_and_our_own_mails_make_no_complaint(self):
        count = self.env["crm.complaint"].search_count([])
        away = "Auto-Submitted: auto-replied\n"
        self.assertFalse(self._receive("d1", head=away))
        self.assertFalse(self._receive("d2", sender=self.address))
        daemon = "MAILER-DAEMON@outside.example.com"
        self.assertFalse(self._receive("d3", sender=daemon))
        self.assertEqual(self.env["crm.complaint"].search_count([]), count)
        made = self._receive("d4", head="Precedence: list\n")
        self.assertTrue(made)
        self.assertFalse(self._get_acknowledged())

    def test_an_absence_is_no_answer(self):
        complaint = self._receive("e1")
        head = "In-Reply-To: <e1@outside.example.com>\nAuto-Submitted: auto-replied\n"
        self.assertEqual(self._receive("e2", "I am away", head=head), complaint)
        self.assertNotIn("answered", complaint.event_ids.mapped("kind"))

    def test_too_large_is_refused_in_words_and_nothing_is_kept(self):
        self.env.company.write({"complaint_files": 1, "complaint_file_mb": 1})
        count = self.env["crm.complaint"].search_count([])
        self.assertFalse(self._receive("f", file="x" * (1024 * 1024 + 1)))
        self.assertEqual(self.env["crm.complaint"].search_count([]), count)
        self.assertIn("too large", self._new_mails.body_html)
        self.env["res.lang"]._activate_lang("zh_CN")
        self.person.lang = "zh_CN"
        self._receive("g", file="x" * (1024 * 1024 + 1))
        self.assertIn("附件过大", self._new_mails.body_html)

    def test_acknowledgements_end_before_a_loop_begins(self):
        self.env.company.complaint_mails_per_hour = 1
        self._receive("g1")
        self.assertTrue(self._get_acknowledged())
        self._receive("g2")
        self.assertFalse(self._get_acknowledged())

    def test_nobody_answers_in_the_name_of_a_customer_over_the_api(self):
        complaint = self._register()
        for user in (self.olga, self.desk):
            found = complaint.with_user(user)
            with self.assertRaises(AccessError):
                found.message_update({"body": "It is settled"})
            with self.assertRaises(AccessError):
                found.message_new({"subject": "x", "email_from": "a@example.com"})
        self.assertEqual(complaint.event_ids.mapped("kind"), ["registered"])

    def test_the_hidden_address_of_another_companys_customer_is_unknown(self):
        other = self.env["res.company"].create({"name": "Other"})
        pool = self.env["crm.pool"].create({"name": "Veil", "hides_email": True})
        free = self._create_customer("Free", email="free@outside.example.com")
        free.write({"pool_id": pool.id, "user_id": False})
        self.assertFalse(free.email)
        complaints = self.env["crm.complaint"]
        find = complaints._find_person
        self.assertEqual(find("free@outside.example.com", self.company), free)
        free.company_id = other
        self.assertFalse(find("free@outside.example.com", self.company))

    def test_a_branch_knows_the_customers_of_its_company(self):
        companies = self.env["res.company"]
        branch = companies.create({"name": "B", "parent_id": self.company.id})
        pool = self.env["crm.pool"].create({"name": "Veil", "hides_email": True})
        one = self._create_customer("One", email="one@outside.example.com")
        free = self._create_customer("Free", email="free@outside.example.com")
        free.write({"pool_id": pool.id, "user_id": False})
        (one | free).company_id = self.company
        find = self.env["crm.complaint"]._find_person
        self.assertEqual(find("one@outside.example.com", branch), one)
        self.assertEqual(find("free@outside.example.com", branch), free)
        wizard = self.env["crm.complaint.import"].new({"company_id": branch.id})
        known = wizard._find_customers({"one@outside.example.com"})
        self.assertEqual(known, {"one@outside.example.com": one.id})
        one.company_id = branch
        self.assertFalse(find("one@outside.example.com", self.company))

    def test_who_writes_in_a_language_is_answered_in_it(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.person.lang = "en_US"
        template = self.env.ref("crm_relations_complaint.mail_template_received")
        template.with_context(lang="fr_FR").subject = "Bien reçu"
        complaint = self._register(partner_id=self.person.id)
        with self.mock_mail_gateway():
            complaint._acknowledge(lang="fr_FR")
        self.assertIn("Bien reçu", self._new_mails.mapped("subject"))

    def test_a_customer_without_an_address_is_written_to_where_he_called_from(self):
        self.person.email = False
        complaint = self._register(partner_id=self.person.id, caller_email="a@b.test")
        self.assertFalse(complaint._get_mail_partner())
        self.assertEqual(complaint._get_customer_email(), "a@b.test")
        self.person.email = "paula@outside.example.com"
        self.assertEqual(complaint._get_mail_partner(), self.person)
