from odoo import api, models

# What is in a file, as against its name.
CONTENT = frozenset(("raw", "datas", "db_datas", "index_content"))


class IrAttachment(models.Model):
    """Files of confidential records have their rights, and who reads one is logged."""

    _inherit = "ir.attachment"

    @api.private
    def fetch(self, field_names=None):
        is_content = not self.env.su and not CONTENT.isdisjoint(field_names or ())
        if is_content:
            field_names = [*field_names, "res_model", "res_id"]
        result = super().fetch(field_names)
        if is_content:
            self._note_downloads()
        return result

    def _note_downloads(self):
        """Log the files of confidential records among these."""
        # Superuser: where they belong.
        files = self._origin.sudo()
        for model, some in files.grouped("res_model").items():
            if self._is_model_logged(model):
                records = self.env[model].browse(set(some.mapped("res_id")) - {0})
                self.env["crm.confidential.access"]._note(records, "downloaded")

    def _filter_closed_to_tokens(self):
        """The token of a reader would outlive the loan."""
        return super()._filter_closed_to_tokens() | self._filter_confidential()

    def _filter_confidential(self):
        """Return the files of confidential records."""
        # Superuser: where they belong.
        files = self.sudo().filtered(lambda one: self._is_model_logged(one.res_model))
        return files.with_env(self.env)

    @api.model
    def _is_model_logged(self, name):
        return bool(name) and name in self.env and self.env[name]._is_logged()

    def copy_data(self, default=None):
        """What is lent is not copied: the copy would not go back."""
        if not self.env.su:
            # Before anything is read as superuser: what is in memory asks nobody.
            self.check_access("read")
            self._filter_confidential().check_access("write")
        return super().copy_data(default)
