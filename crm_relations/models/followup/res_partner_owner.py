from odoo import models


class ResPartner(models.Model):
    """Silence begins anew with whoever gets a customer: what went before was not the
    new salesperson's to do."""

    _inherit = "res.partner"

    def _owner_changed(self, kind):
        """By SQL too, where nothing triggers the dates."""
        result = super()._owner_changed(kind)
        owned = self.filtered("user_id")
        owned._refresh_contact_dates(owned.ids)
        return result
