from odoo import models


class ResPartner(models.Model):
    """Who may not change the archive of a customer proposes, and does not decide."""

    _inherit = "res.partner"

    def _may_change_archive(self):
        # Taken from the customer, also for its contacts.
        customer = self.sudo().commercial_partner_id._filter_guarded()
        allowed = not customer or "archive" in customer._get_rights()
        return allowed and super()._may_change_archive()
