from odoo import api, models


class CrmArchiveLineMixin(models.AbstractModel):
    """A line of the archive is changed by whoever may change the archive."""

    _name = "crm.archive.line.mixin"
    _description = "Line of the archive"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_archive("create")
        return lines

    def write(self, vals):
        self._check_archive("write")
        result = super().write(vals)
        if "partner_id" in vals:
            self._check_archive("write")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_archive_may_change(self):
        self._check_archive("unlink")

    def _check_archive(self, operation):
        """Refuse if one of these customers is not the caller's to change."""
        if self.env.su:
            return
        # Superuser: whose customer it is decides.
        customers = self.sudo().partner_id.commercial_partner_id
        for customer in customers._filter_guarded():
            if not customer._is_new_of_caller():
                customer._check_archive(self, operation)
