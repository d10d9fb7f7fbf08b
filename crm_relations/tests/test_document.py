from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged, users

from .common.document import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocument(DocumentCommon):
    """AR-6: documents of customers: what is there, and until when."""

    def test_a_document_is_there_once_its_file_is(self):
        document = self._create_document(files=0)
        self.assertEqual(document.state, "missing")
        file = self._attach(document)
        self.assertEqual((document.state, document.file_count), ("there", 1))
        self.assertEqual(document.file_ids, file)
        file.unlink()
        self.assertEqual((document.state, document.file_count), ("missing", 0))

    def test_a_kind_may_ask_for_a_number_or_for_no_file(self):
        voucher = self._create_kind("Voucher", needs_file=False)
        self.assertEqual(self._create_document(kind=voucher, files=0).state, "there")
        numbered = self._create_kind("Numbered", needs_number=True)
        document = self._create_document(kind=numbered, number=" ")
        self.assertEqual(document.state, "missing")
        document.number = "A-7"
        self.assertEqual(document.state, "there")

    def test_states_by_their_days(self):
        for days, state in ((40, "there"), (30, "expiring"), (0, "expiring")):
            document = self._create_document(expires_on=self._in_days(days))
            self.assertEqual(document.state, state, days)
        document = self._create_document(expires_on=self._in_days(-1))
        self.assertEqual(document.state, "expired")

    def test_searching_for_a_state_finds_what_shows_it(self):
        for days in (-400, -1, 0, 1, 29, 30, 31, 400):
            self._create_document(expires_on=self._in_days(days))
        self._create_document()
        self._create_document(files=0, expires_on=self._in_days(-5))
        documents = self.env["crm.customer.document"].search([])
        for state, _label in documents._fields["state"].selection:
            with self.subTest(state):
                self.assertEqual(
                    documents.search([("state", "=", state)]),
                    documents.filtered(lambda one, state=state: one.state == state),
                )
        self.assertEqual(
            documents.search([("state", "!=", "there")]),
            documents.filtered(lambda one: one.state != "there"),
        )

    def test_the_end_follows_the_issue_where_the_kind_says_how_long(self):
        contract = self._create_kind(has_expiry=True, validity_months=12)
        with Form(self.env["crm.customer.document"]) as form:
            form.partner_id = self.customer
            form.kind_id = contract
            form.issued_on = "2026-02-28"
            self.assertEqual(form.expires_on, fields.Date.to_date("2027-02-28"))
            form.expires_on = "2026-12-31"
        self.assertEqual(str(form.record.expires_on), "2026-12-31")

    def test_an_end_before_the_issue_is_refused(self):
        with self.assertRefused("lies before “Issued On”"):
            self._create_document(issued_on="2026-03-02", expires_on="2026-03-01")
        document = self._create_document(
            issued_on="2026-03-02", expires_on="2026-03-02"
        )
        with self.assertRefused("lies before “Issued On”"):
            document.issued_on = "2026-03-03"

    def test_an_order_of_another_customer_is_refused(self):
        order = self._create_order(self._create_customer("Other"), 5)
        with self.assertRefused("another customer's"):
            self._create_document(order_id=order.id)

    def test_a_person_s_document_is_its_customer_s(self):
        person = self._create_person(self.customer, "Li Wei")
        self._create_document(person)
        self.assertEqual(self.customer.document_count, 1)
        action = self.customer.action_view_documents()
        found = self.env["crm.customer.document"].search(action["domain"])
        self.assertEqual(found.partner_id, person)

    @users("sally", "max", "rita", "carl", "adam")
    def test_owner_leader_and_those_in_charge_read_them(self):
        document = self._create_document().with_user(self.env.user)
        self.assertEqual(document.state, "there")
        self.assertTrue(document.file_ids.raw)

    @users("sam", "anna")
    def test_they_are_closed_for_everyone_else(self):
        document = self._create_document().with_user(self.env.user)
        with self.assertRaises(AccessError):
            document.read(["number"])
        self.assertFalse(self.customer.with_user(self.env.user).document_count)
        documents = self.env["crm.customer.document"]
        if documents.has_access("read"):
            self.assertFalse(documents.search([("id", "=", document.id)]))

    def test_another_owner_adds_and_changes_nothing(self):
        document = self._create_document(number="1")
        for act in (
            lambda: self._create_document(files=0).with_user(self.sam).write({}),
            lambda: document.with_user(self.sam).write({"number": "2"}),
            lambda: document.with_user(self.sam).unlink(),
            lambda: (
                self.env["crm.customer.document"]
                .with_user(self.sam)
                .create({"partner_id": self.customer.id, "kind_id": self.licence.id})
            ),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertEqual(document.number, "1")

    def test_who_it_is_shared_with_works_with_them(self):
        document = self._create_document()
        self.customer.with_user(self.sally).share_with(self.sam.id)
        document.with_user(self.sam).number = "2"
        self.assertEqual(document.number, "2")
        self.customer.share_ids.active = False
        with self.assertRaises(AccessError):
            document.with_user(self.sam).read(["number"])

    def test_another_company_s_documents_are_closed_to_all_roles(self):
        document = self._create_document()
        self.customer.company_id = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(AccessError):
            document.with_user(self.rita).read(["number"])

    def test_changes_are_kept_without_what_they_say(self):
        self._create_document(number="SECRET-1").number = "SECRET-2"
        self.env.cr.precommit.run()
        changes = self.env["crm.archive.change"].search(
            [("customer_id", "=", self.customer.id)]
        )
        told = changes.filtered(lambda one: "crm.customer.document" in one.field_key)
        self.assertTrue(told)
        self.assertNotIn("SECRET", str(told.read()))

    def test_merging_keeps_documents_and_their_files(self):
        twin = self._create_customer("Twin", user_id=self.sally.id)
        document = self._create_document(twin)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (twin | self.customer).ids, self.customer, extra_checks=False
        )
        self.env.invalidate_all()
        self.assertEqual(document.customer_id, self.customer)
        self.assertEqual(document.state, "there")
        self.assertTrue(document.file_ids.with_user(self.sally).raw)

    def test_a_customer_that_becomes_a_contact_takes_them_along(self):
        branch = self._create_customer("Branch", user_id=self.sally.id)
        document = self._create_document(branch)
        branch.parent_id = self.customer
        branch.is_company = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(document.customer_id, self.customer)
