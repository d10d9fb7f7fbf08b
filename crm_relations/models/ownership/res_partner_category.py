from odoo import api, models


class ResPartnerCategory(models.Model):
    """A tag is given to a customer from its own side, too."""

    _inherit = "res.partner.category"

    @api.model_create_multi
    def create(self, vals_list):
        categories = super().create(vals_list)
        categories._check_tagged(self.env["res.partner"])
        return categories

    def write(self, vals):
        if self.env.su or "partner_ids" not in vals:
            return super().write(vals)
        # Superuser: also tagged customers that the caller does not see.
        before = self.sudo().with_context(active_test=False).partner_ids
        result = super().write(vals)
        self._check_tagged(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_nobody_elses(self):
        """The database takes a tag, and those below it, away from its customers."""
        if self.env.su or not self.env["res.company"]._get_ids_with_owned_customers():
            return
        # Superuser: whose customers have it decides.
        tags = self.sudo().with_context(active_test=False)
        tags = tags.search([("id", "child_of", self.ids)])
        for customer in tags.partner_ids.commercial_partner_id._filter_guarded():
            customer._check_archive(tags.partner_ids.sudo(False))

    def _check_tagged(self, before):
        """Refuse if customers came or went that the caller may not change."""
        if self.env.su:
            return
        # Superuser: whose customer it is decides.
        after = self.sudo().with_context(active_test=False).partner_ids
        before = before.sudo()
        changed = (after - before) | (before - after)
        for customer in changed.commercial_partner_id._filter_guarded():
            customer._check_archive(changed.sudo(False))
