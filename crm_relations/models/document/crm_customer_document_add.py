from odoo import api, models
from odoo.exceptions import UserError

from ...tools.arguments import Given, Id, is_id


class CrmCustomerDocument(models.Model):
    """Documents come in one step: files that were just uploaded, and what they are."""

    _inherit = "crm.customer.document"

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        replaced = documents.filtered("replaces_id")
        if replaced:
            replaced._replace()
        return documents

    def _replace(self):
        """Archive what these have replaced; nobody is reminded of it any more."""
        old = self.replaces_id.filtered("active")
        old.write({"active": False})
        # Superuser: the activity may be a colleague's.
        old.sudo().activity_id.unlink()

    @api.model
    def add_files(
        self,
        partner_id: Id,
        kind_id: Id,
        file_ids: Given,
        order_id: Id = None,
        replaces_id: Id = None,
    ):
        """Keep files that the caller has just uploaded as a document of a customer, or
        of one of its persons. Where such a document waits for its files, it gets them.

        :param file_ids: ids of attachments of the caller that belong to nothing yet
        :param order_id: the order that the document belongs to
        :param replaces_id: the document that expires and is archived now
        :return: id of the document
        :raise UserError: no file, or one that cannot be kept; nothing is kept then
        :raise AccessError: not the caller's customer, or not the caller's files
        """
        files = self._read_uploads(file_ids)
        self._check_exists("res.partner", partner_id or 0)
        self._check_exists("crm.document.kind", kind_id or 0)
        self._check_exists("sale.order", order_id)
        self._check_exists(self._name, replaces_id)
        document = self._get_waiting(partner_id, kind_id, order_id)
        if not document or replaces_id:
            document = self.create(
                {
                    "partner_id": partner_id,
                    "kind_id": kind_id,
                    "order_id": order_id,
                    "replaces_id": replaces_id,
                }
            )
        document._take_files(files)
        return document.id

    @api.model
    def _check_exists(self, model, number):
        # Superuser: what the caller may do with it is asked where it is used.
        if number is not None and not self.env[model].sudo().browse(number).exists():
            raise UserError(self.env._("This record does not exist any more."))

    @api.model
    def _read_uploads(self, file_ids):
        """Return the attachments that a client names.

        :raise UserError: none, or they do not exist
        """
        given = file_ids if isinstance(file_ids, (list, tuple)) else [file_ids]
        ids = [number for number in given if is_id(number)]
        files = self.env["ir.attachment"].browse(dict.fromkeys(ids)).exists()
        if not files or len(ids) != len(given):
            raise UserError(self.env._("Choose at least one file."))
        return files

    @api.model
    def _get_waiting(self, partner_id, kind_id, order_id):
        """Return the document of this kind that lacks its file, if there is one."""
        return self.search(
            [
                ("partner_id", "=", partner_id),
                ("kind_id", "=", kind_id),
                ("order_id", "=", order_id),
                ("file_count", "=", 0),
                ("is_complete", "=", False),
            ],
            limit=1,
        )
