from odoo import api, models


class ResUsers(models.Model):
    """Who logs in keeps the address in sight: it is the login."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._settle_logins()
        return users

    def write(self, vals):
        # Superuser: whose logins these were.
        before = self.sudo().partner_id if "partner_id" in vals else None
        result = super().write(vals)
        if before:
            before.commercial_partner_id._settle_hidden()
        if not {"active", "partner_id", "login"}.isdisjoint(vals):
            self._settle_logins()
        return result

    def unlink(self):
        # Superuser: whose logins these were.
        customers = self.sudo().partner_id.commercial_partner_id
        result = super().unlink()
        customers.exists()._settle_hidden()
        return result

    def _settle_logins(self):
        if self.env["crm.pool"]._hides_anything():
            # Superuser: of whom the logins are.
            self.sudo().partner_id.commercial_partner_id._settle_hidden()
