import io
import zipfile

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools.misc import mute_logger

from .common.document import PIXEL, DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentFiles(DocumentCommon):
    """AR-6, AR-10: a file is read by whoever may read its document, and no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._create_document(number="SECRET-1")
        cls.file = cls.document.file_ids

    def test_the_file_is_closed_with_its_document(self):
        file = self.file.with_user(self.sam)
        for read in (
            lambda: file.read(["name", "raw"]),
            lambda: file.raw,
            lambda: file.datas,
            lambda: file.copy({"res_model": False, "res_id": False}),
            lambda: file.web_read({"name": {}}),
            lambda: file.generate_access_token(),
            lambda: file.write({"name": "mine"}),
            lambda: file.unlink(),
        ):
            self.env.invalidate_all()
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                read()
        files = self.env["ir.attachment"].with_user(self.sam)
        for domain in (
            [("id", "=", self.file.id)],
            [("res_model", "=", self.document._name)],
            [("name", "=", self.file.name)],
            [("checksum", "=", self.file.checksum)],
        ):
            self.assertFalse(files.search(domain) & self.file, domain)
            self.assertFalse(
                [
                    row
                    for row in files.search_read(domain, ["id"])
                    if row["id"] == file.id
                ]
            )

    def test_who_reads_it_makes_it_no_more_public_and_moves_it_nowhere(self):
        file = self.file.with_user(self.sally)
        file.public = True
        self.assertFalse(self.file.public)
        self.file.sudo().write({"public": True})
        self.assertFalse(self.file.public)
        self.assertFalse(self._attach(self.document, public=True).public)
        for values in (
            {"res_model": "res.partner", "res_id": self.sam.partner_id.id},
            {"res_id": False},
            {"res_field": "image_1920"},
        ):
            with self.assertRaises(AccessError):
                file.write(values)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.file.with_user(self.sam).read(["raw"])

    def test_an_upload_becomes_public_neither_as_it_is_attached(self):
        upload = self.env["ir.attachment"].with_user(self.sally)
        upload = upload.create({"name": "x.png", "raw": PIXEL, "public": True})
        self.document.with_user(self.sally).write({"file_ids": [(4, upload.id)]})
        self.assertIn(upload, self.document.file_ids)
        self.assertFalse(upload.public)
        self.assertEqual(self.document.file_count, 2)

    def test_no_message_passes_it_on_to_who_may_not_read_it(self):
        own = self._create_customer("Sam's", user_id=self.sam.id)
        with self.assertRaises(AccessError):
            own.with_user(self.sam).message_post(
                body="Look", attachment_ids=self.file.ids
            )
        with self.assertRaises(AccessError):
            self.env["mail.message"].with_user(self.sam).create(
                {
                    "model": "crm.customer.document",
                    "res_id": self.document.id,
                    "attachment_ids": [(4, self.file.id)],
                }
            )

    def test_another_s_upload_is_not_taken(self):
        upload = self.env["ir.attachment"].with_user(self.max)
        upload = upload.create({"name": "x.png", "raw": PIXEL})
        with self.assertRaises(AccessError):
            self.document.with_user(self.sally).write({"file_ids": [(4, upload.id)]})

    def test_files_go_with_their_document(self):
        file = self.file
        self.document.unlink()
        self.assertFalse(file.exists())

    def test_a_copy_has_no_files(self):
        copy = self.document.copy()
        self.assertFalse(copy.file_ids)
        self.assertEqual(copy.state, "missing")
        self.assertEqual(self.document.file_count, 1)

    def test_a_system_administrator_without_a_role_of_ours_reads_none(self):
        system = new_test_user(self.env, "system", groups="base.group_system")
        with self.assertRaises(AccessError):
            self.file.with_user(system).read(["raw"])


@tagged("post_install", "-at_install")
class TestDocumentRoutes(HttpCase, DocumentCommon):
    """By the routes of Odoo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._create_document()
        cls.file = cls.document.file_ids
        for user in (cls.sally, cls.sam):
            user.password = user.login

    def _get_ways(self, token=""):
        given = f"?access_token={token}" if token else ""
        number = self.file.id
        return [
            f"/web/content/{number}{given}",
            f"/web/image/{number}{given}",
            f"/web/content/ir.attachment/{number}/raw{given}",
            f"/web/image/ir.attachment/{number}/datas{given}",
            f"/mail/attachment/pdf_first_page/{number}{given}",
        ]

    def _is_told(self, way):
        answer = self.url_open(way)
        return answer.status_code == 200 and answer.content == PIXEL

    def test_by_no_route_for_who_may_not_read_the_document(self):
        self.authenticate("sally", "sally")
        for way in self._get_ways()[:4]:
            self.assertTrue(self._is_told(way), way)
        file = self.file.with_user(self.sally)
        tokens = [
            file._get_raw_access_token(),
            file._get_ownership_token(),
            *file.generate_access_token(),
        ]
        ways = [way for token in ("", *tokens) for way in self._get_ways(token)]
        for login in ("sam", None):
            self.authenticate(login, login)
            for way in ways:
                with self.subTest(login=login, way=way):
                    self.assertFalse(self._is_told(way))

    def test_a_token_does_not_outlive_the_right(self):
        token = self.file.with_user(self.sally)._get_raw_access_token()
        self.customer.user_id = self.sam
        self.env.flush_all()
        self.authenticate("sally", "sally")
        self.assertFalse(self._is_told(self._get_ways(token)[0]))
        self.authenticate("sam", "sam")
        self.assertTrue(self._is_told(self._get_ways()[0]))

    def test_no_archive_of_files_holds_it(self):
        for login, told in (("sam", False), ("sally", True)):
            self.authenticate(login, login)
            answer = self.url_open(
                "/mail/attachment/zip",
                data={
                    "file_ids": str(self.file.id),
                    "zip_name": "all.zip",
                    "csrf_token": http.Request.csrf_token(self),
                },
            )
            content = io.BytesIO(answer.content)
            found = zipfile.is_zipfile(content) and [
                zipfile.ZipFile(content).read(name)
                for name in zipfile.ZipFile(content).namelist()
            ]
            self.assertEqual(PIXEL in (found or []), told, login)
