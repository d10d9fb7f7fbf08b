from odoo import models


class ResPartner(models.Model):
    """Who has a customer is told what former salespeople did with it."""

    _inherit = "res.partner"

    def _may_read_whole_history(self):
        # Superuser: whose customer it is. Not by who may change its archive: a company
        # may open that for all.
        customer, user = self.sudo().commercial_partner_id, self.env.user
        if self._decides_for_all() or customer._is_helped_by(user):
            return True
        if customer.pool_id:
            return customer.pool_id._has_manager(user)
        owner = customer.user_id
        return bool(owner) and (owner == user or customer._is_led_by(user))
