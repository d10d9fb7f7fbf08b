from odoo import api, models


class IrAttachment(models.Model):
    """The picture of a customer is kept as an attachment, which could be written past
    the customer."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_pictures()
        return attachments

    def write(self, vals):
        self._check_pictures()
        result = super().write(vals)
        self._check_pictures()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_archive_may_change(self):
        self._check_pictures()

    def _check_pictures(self):
        """Refuse if one of these is what a field of a customer holds that the caller
        may not change."""
        if self.env.su:
            return
        # Superuser: whose customer it is decides.
        pictures = self.sudo().filtered(
            lambda one: one.res_field and one.res_model == "res.partner"
        )
        if pictures:
            partners = self.env["res.partner"].browse(pictures.mapped("res_id"))
            customers = partners.exists().sudo().commercial_partner_id
            for customer in customers._filter_guarded():
                customer._check_archive(partners)
