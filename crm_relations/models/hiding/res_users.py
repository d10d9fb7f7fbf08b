from odoo import api, models


class ResUsers(models.Model):
    """Who logs in keeps the address in sight: it is the login."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        # Superuser: of whom the login is.
        users.sudo().partner_id.commercial_partner_id._settle_hidden()
        return users

    def write(self, vals):
        result = super().write(vals)
        if not {"active", "partner_id"}.isdisjoint(vals):
            # Superuser: of whom the login is.
            self.sudo().partner_id.commercial_partner_id._settle_hidden()
        return result
