from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import human_size

DOCUMENT = "crm.customer.document"
# What would take a file out of the rights of its document.
PLACE = ("res_model", "res_id", "res_field")
CONTENT = ("raw", "datas", "db_datas", "name", "mimetype")
# What people photograph and scan, and write with the programs of an office.
TYPES = (
    *("image/", "application/pdf", "text/plain", "application/msword"),
    *("application/vnd.openxmlformats", "application/vnd.oasis.opendocument"),
    *("application/vnd.ms-", "application/ofd"),
)
# Types that Python need not know yet.
ENDINGS = (".heic", ".heif", ".ofd", ".webp")
LARGEST = 25 * 1024 * 1024


class IrAttachment(models.Model):
    """Files of customers' documents have the rights of their document, and nothing
    else: they are not public, no token opens them, they do not move elsewhere."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            {**vals, "public": False} if vals.get("res_model") == DOCUMENT else vals
            for vals in vals_list
        ]
        attachments = super().create(vals_list)
        attachments._check_documents()
        attachments._filter_of_documents().filtered("res_id")._check_fit_for_documents()
        attachments._documents_changed()
        return attachments

    def write(self, vals):
        files = self._filter_of_documents()
        if not files and vals.get("res_model") != DOCUMENT:
            return super().write(vals)
        files._check_documents()
        files._check_stays(vals)
        if vals.get("public"):
            vals = {**vals, "public": False}
        before = files._get_documents()
        result = super().write(vals)
        after = self._filter_of_documents()
        after._check_documents()
        if not set(CONTENT).isdisjoint(vals):
            after.filtered("res_id")._check_fit_for_documents()
        if not {"public", *PLACE}.isdisjoint(vals):
            after.filtered("public").write({"public": False})
            (after._get_documents() | before)._count_files()
        return result

    def _check_stays(self, vals):
        """Refuse to take files of documents elsewhere."""
        if self and not self.env.su and self._would_leave(vals):
            raise AccessError(
                self.env._("The file of a document stays with its document.")
            )

    def unlink(self):
        files = self._filter_of_documents()
        files._check_documents()
        documents = files._get_documents()
        result = super().unlink()
        if documents:
            documents.exists()._count_files()
        return result

    def _filter_of_documents(self):
        """Return those that are files of documents, or become ones."""
        # Superuser: where they belong decides who reads them.
        files = self.sudo().filtered(lambda one: one.res_model == DOCUMENT)
        return files.with_env(self.env)

    def _filter_closed_to_tokens(self):
        """Hook: return the files that only a right opens, never a token."""
        return self._filter_of_documents()

    def _get_documents(self):
        """Return, as superuser, the documents of these files."""
        # Superuser: what follows is counted, whoever writes.
        return (
            self.env[DOCUMENT].sudo().browse(filter(None, self.sudo().mapped("res_id")))
        )

    def _would_leave(self, vals):
        # Superuser: as above.
        return any(
            name in vals and (vals[name] or False) != (file[name] or False)
            for file in self.sudo()
            if file.res_id
            for name in PLACE
        )

    def _check_documents(self):
        """Refuse if one of these is the file of a document that is not the caller's to
        change."""
        if self.env.su or not self:
            return
        documents = self._filter_of_documents()._get_documents().exists()
        documents.with_env(self.env)._check_archive("write")

    def _check_fit_for_documents(self):
        """Refuse what is no file of a document, by its name.

        :raise ValidationError: empty, too large, or neither picture, PDF nor text
        """
        for file in self:
            if not file.file_size:
                raise ValidationError(
                    self.env._("“%(file)s” is empty: upload it again.", file=file.name)
                )
            if file.file_size > LARGEST:
                raise ValidationError(
                    self.env._(
                        "“%(file)s” has %(size)s; a file of a document has at most "
                        "%(most)s. Take the picture with fewer pixels, or split it.",
                        file=file.name,
                        size=human_size(file.file_size),
                        most=human_size(LARGEST),
                    )
                )
            is_known = (file.mimetype or "").startswith(TYPES)
            if not is_known and not file.name.lower().endswith(ENDINGS):
                raise ValidationError(
                    self.env._(
                        "“%(file)s” is no document: choose pictures, PDF or files of "
                        "Word, Excel and the like.",
                        file=file.name,
                    )
                )

    def _documents_changed(self):
        files = self._filter_of_documents()
        if files:
            files._get_documents().exists()._count_files()

    def _has_attachments_ownership(self, attachment_tokens):
        """No token stands for the right on a document."""
        if self._filter_of_documents():
            attachment_tokens = [None] * len(self)
        return super()._has_attachments_ownership(attachment_tokens)
