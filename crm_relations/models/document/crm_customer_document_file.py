from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command


class CrmCustomerDocument(models.Model):
    """The files of a document are its attachments, those of chat and mail are none."""

    _inherit = "crm.customer.document"

    file_ids = fields.Many2many(
        comodel_name="ir.attachment",
        string="Files",
        compute="_compute_file_ids",
        inverse="_inverse_file_ids",
        help="Pictures and scans; several pages are several files.",
    )
    file_count = fields.Integer(
        string="Number of Files",
        readonly=True,
        copy=False,
        help="Kept by the files themselves.",
    )

    @api.depends("file_count")
    def _compute_file_ids(self):
        found = self._find_files().grouped("res_id")
        none = self.env["ir.attachment"]
        for document in self:
            document.file_ids = found.get(document._origin.id, none)

    def _inverse_file_ids(self):
        for document in self:
            files, kept = document.file_ids, document._find_files()
            (kept - files).unlink()
            document._take_files(files - kept)

    def _find_files(self):
        files = self.env["ir.attachment"]
        return files.search(self._get_files_domain(), order="id")

    def _get_files_domain(self):
        return [
            ("res_model", "=", self._name),
            ("res_id", "in", self._origin.ids),
            ("res_field", "=", False),
        ]

    def _take_files(self, files):
        """Make these uploads the files of this document.

        :raise AccessError: they are another one's, or belong to something already
        """
        self.ensure_one()
        files.check_access("write")
        if any(files.mapped("res_id")):
            raise AccessError(
                self.env._("This file belongs to something else: upload it here.")
            )
        files._check_fit_for_documents()
        if files:
            files.write({"res_model": self._name, "res_id": self.id})

    def _tell_line(self):
        """Return the line of the page Documents for this document."""
        self.ensure_one()
        code = "incomplete" if self.state == "missing" else self.state
        states = dict(self._fields["state"]._description_selection(self.env))
        whose = self.partner_id != self.customer_id and self.partner_id.name
        end = self.expires_on and self.env._(
            "until %(day)s", day=self.env.user._tell_day(self.expires_on)
        )
        return {
            **self._get_empty_line(),
            "key": f"document-{self.id}",
            "code": code,
            "state": states[self.state],
            "document_id": self.id,
            "kind_id": self.kind_id.id,
            "kind": self.kind_id.name,
            "partner_id": self.partner_id.id,
            "order_id": self.order_id.id,
            # Superuser: the number of an order, on the page of its customer.
            "order": self.order_id.sudo().name or "",
            "detail": " · ".join(filter(None, [whose, self.number, end])),
            "files": self.file_ids.read(["name", "mimetype"]),
        }

    @api.model
    def _get_empty_line(self):
        return {"document_id": False, "detail": "", "files": []}

    def _count_files(self):
        """Write down how many files each of these has; one statement to count."""
        groups = self.env["ir.attachment"]._read_group(
            self._get_files_domain(), ["res_id"], ["__count"]
        )
        counts = dict(groups)
        for document in self.exists():
            count = counts.get(document.id, 0)
            if document.file_count != count:
                document.file_count = count
        self.invalidate_recordset(["file_ids"])

    def copy_data(self, default=None):
        """A copy has no files: they are those of one document."""
        rows = super().copy_data(default)
        return [{**row, "file_ids": [Command.clear()]} for row in rows]
