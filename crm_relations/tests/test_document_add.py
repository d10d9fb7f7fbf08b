from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common.document import PIXEL, DocumentCommon

FILES = "odoo.addons.crm_relations.models.document.ir_attachment"


@tagged("post_install", "-at_install")
class TestDocumentAdd(DocumentCommon):
    """AR-6: from a picture to a kept document in one step."""

    def _upload(self, user=None, name="page.png", raw=PIXEL, **values):
        files = self.env["ir.attachment"].with_user(user or self.sally)
        return files.create({"name": name, "raw": raw, **values})

    def _add(self, files, user=None, **values):
        documents = self.env["crm.customer.document"].with_user(user or self.sally)
        given = {
            **{"partner_id": self.customer.id, "kind_id": self.licence.id},
            "file_ids": files.ids,
        }
        return documents.browse(documents.add_files(**{**given, **values}))

    def test_files_become_a_document(self):
        files = self._upload() | self._upload(name="back.png")
        document = self._add(files)
        self.assertEqual(document.file_ids, files)
        self.assertEqual(document.state, "there")
        self.assertEqual(self._get_due(), [])

    def test_a_document_that_waits_for_its_file_gets_it(self):
        waiting = self._create_document(files=0, number="7")
        self.assertEqual(self._add(self._upload()), waiting)
        self.assertNotEqual(self._add(self._upload()), waiting)

    def test_for_nobody_nothing_is_kept(self):
        for name in ("partner_id", "kind_id"):
            with self.assertRefused("does not exist any more", UserError):
                self._add(self._upload(), **{name: None})

    def test_a_document_with_files_is_not_added_to(self):
        """It is not complete all the same, if something else is missing."""
        begun = self._create_document()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_customer_document SET is_complete = FALSE WHERE id = %s",
            [begun.id],
        )
        self.env.invalidate_all()
        self.assertNotEqual(self._add(self._upload()), begun)

    def test_a_file_is_known_by_its_kind_or_by_its_name(self):
        for name, raw, known in (
            ("contract.docx", b"\x00\x01 no kind of file", True),
            ("contract.bin", PIXEL, True),
            ("contract.bin", b"\x00\x01 no kind of file", False),
        ):
            file = self._upload(name=name, raw=raw)
            with self.subTest(name, known=known):
                if known:
                    self.assertTrue(self._add(file))
                    continue
                with self.assertRefused("is no document"):
                    self._add(file)

    def test_a_renewal_archives_the_old_one_and_its_activity(self):
        old = self._create_document(expires_on=self._in_days(3))
        old.activity_id = self.customer.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.sally.id
        )
        new = self._add(self._upload(), replaces_id=old.id)
        self.assertFalse(old.active)
        self.assertFalse(old.activity_id)
        self.assertTrue(new.active)
        self.assertEqual(self._get_due(), [])

    def test_one_of_another_kind_or_customer_is_not_replaced(self):
        other = self._create_customer("Other", user_id=self.sally.id)
        for old in (
            self._create_document(other),
            self._create_document(kind=self._create_kind("Second")),
        ):
            with self.assertRefused("one of its kind and customer"):
                self._add(self._upload(), replaces_id=old.id)

    def test_another_s_customer_gets_none(self):
        files = self._upload(self.sam)
        with self.assertRaises(AccessError):
            self._add(files, self.sam)
        self.assertFalse(files.res_id)

    def test_files_of_others_and_of_other_records_are_not_taken(self):
        of_order = self._upload(
            res_model="res.partner", res_id=self._create_customer("Other").id
        )
        for files in (self._upload(self.sam), of_order):
            with self.assertRaises(AccessError):
                self._add(files)

    def test_bad_input_is_answered_in_words(self):
        documents = self.env["crm.customer.document"].with_user(self.sally)
        for file_ids in ([], None, "x", [-1], [2**40], [True], [{}], [99999999]):
            with self.subTest(file_ids), self.assertRaises(UserError):
                documents.add_files(self.customer.id, self.licence.id, file_ids)
        for values in ({"partner_id": -5}, {"kind_id": "x"}, {"order_id": 2**40}):
            with self.subTest(values), self.assertRaises(UserError):
                self._add(self._upload(), **values)

    def test_a_file_that_is_too_large_is_refused_with_its_size(self):
        with patch(f"{FILES}.LARGEST", 60):
            with self.assertRefused("page.png” has .* at most"):
                self._add(self._upload())
            document = self._create_document(files=0)
            with self.assertRefused("at most"):
                self._attach(document)
        self.assertFalse(document.file_count)

    def test_a_file_of_the_largest_size_is_taken(self):
        file = self._upload()
        with patch(f"{FILES}.LARGEST", file.file_size):
            self.assertTrue(self._add(file).file_count)
        more = self._upload()
        with patch(f"{FILES}.LARGEST", more.file_size - 1):
            with self.assertRefused("at most"):
                self._add(more)

    def test_what_is_no_document_is_refused_by_its_name(self):
        for name, raw, message in (
            ("tool.exe", b"MZ\x90\x00", "tool.exe” is no document"),
            ("all.zip", b"PK\x03\x04x", "all.zip” is no document"),
            ("none.pdf", b"", "none.pdf” is empty"),
        ):
            with self.subTest(name), self.assertRefused(message):
                self._add(self._upload(name=name, raw=raw))

    def test_what_phones_and_offices_write_is_taken(self):
        for name, raw in (
            ("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic"),
            ("scan.pdf", b"%PDF-1.4\n%%EOF"),
            ("text.txt", b"Words"),
            ("table.xlsx", b"PK\x03\x04"),
        ):
            with self.subTest(name):
                self.assertTrue(self._add(self._upload(name=name, raw=raw)).file_count)

    def test_what_is_no_picture_is_taken_by_the_end_of_its_name(self):
        file = self._upload(name="Card.OFD", raw=b"PK\x03\x04")
        file.sudo().mimetype = "application/octet-stream"
        self.assertTrue(self._add(file).file_count)

    def test_the_page_tells_what_is_asked_for_and_what_is_there(self):
        order = self._create_order(self.customer, 5)
        sheet = self._create_kind("PDI", asked="order", since=self._in_days(-9))
        self._create_kind("Voucher", is_required=False)
        self._create_document(number="A-7", expires_on=self._in_days(-1))
        page = self.customer.with_user(self.sally).get_documents()
        told = [(one["kind"], one["code"], one["order"]) for one in page["lines"]]
        self.assertEqual(
            told,
            [
                ("Licence", "expired", ""),
                ("PDI", "missing", order.name),
                ("Voucher", "optional", ""),
            ],
        )
        self.assertTrue(page["may_add"])
        self.assertIn("A-7", page["lines"][0]["detail"])
        [file] = page["lines"][0]["files"]
        self.assertEqual(file["name"], "page 0.png")
        self._create_document(kind=sheet, order_id=order.id, files=0)
        page = self.customer.with_user(self.sally).get_documents()
        self.assertEqual([one["kind"] for one in page["lines"]].count("PDI"), 1)

    def test_who_may_not_read_them_is_told_only_that_there_are_some(self):
        self._create_document(number="SECRET-1")
        for user in (self.sam, self.anna):
            page = self.customer.with_user(user).get_documents()
            self.assertEqual(page, {"may_add": False, "closed": 1, "lines": []})
        page = self.customer.with_user(self.carl).get_documents()
        self.assertEqual((page["closed"], page["may_add"]), (0, True))

    def test_the_first_page_of_the_customer_says_what_is_missing(self):
        self._create_kind("Contract")
        self._create_document(expires_on=self._in_days(-1))

        def tell(user):
            told = self.customer.with_user(user).get_overview()["conclusions"]
            return [one["value"] for one in told if one["code"] == "documents"]

        self.assertEqual(tell(self.sally), ["1 missing and 1 expired"])
        self.assertEqual(tell(self.sam), [])
        self.assertEqual(tell(self.anna), [])

    def test_a_line_to_get_opens_a_form_with_what_is_known(self):
        old = self._create_document(expires_on=self._in_days(1), number="1")
        [line] = self.env["crm.document.due"].search(
            [("customer_id", "=", self.customer.id)]
        )
        context = line.action_get()["context"]
        document = self.env["crm.customer.document"].with_context(**context)
        new = document.create({"number": "2"})
        self.assertEqual(new.replaces_id, old)
        self.assertFalse(old.active)

    def test_documents_are_imported_from_a_table(self):
        """Odoo's import: names of customers and kinds, bad rows named."""
        documents = self.env["crm.customer.document"].with_user(self.sally)
        fields = ["partner_id", "kind_id", "number", "issued_on", "expires_on"]
        result = documents.load(
            fields,
            [
                ["Great Wall", "Licence", "N-1", "2026-01-01", "2027-01-01"],
                ["Great Wall", "Licence", "N-2", "2026-01-01", "2025-01-01"],
            ],
        )
        self.assertFalse(result["ids"])
        self.assertIn("lies before", result["messages"][0]["message"])
        result = documents.load(
            fields, [["Great Wall", "Licence", "N-1", "2026-01-01", "2027-01-01"]]
        )
        self.assertEqual(documents.browse(result["ids"]).number, "N-1")
        [template] = documents.get_import_templates()
        self.assertIn("crm.customer.document", template["template"])

    def test_a_message_of_validation_is_raised_where_a_form_is_saved(self):
        upload = self._upload(name="tool.exe", raw=b"MZ\x90\x00")
        document = self._create_document(files=0).with_user(self.sally)
        with self.assertRaises(ValidationError):
            document.write({"file_ids": [(4, upload.id)]})
