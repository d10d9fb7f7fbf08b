from odoo import api, models


class CrmReception(models.Model):
    _inherit = "crm.reception"

    @api.model
    def _is_free(self, customer):
        """Who is in the public pool is claimed there, by its rules."""
        return super()._is_free(customer) and not customer.pool_id

    def _own_free_customer(self):
        """A consultant who holds as many customers as allowed receives the visitor all
        the same; the customer stays free."""
        customer = self.partner_id.commercial_partner_id
        owner = {customer.id: self.consultant_id.id}
        if self.env["res.partner"]._get_cap_refusals(owner):
            return None
        return super()._own_free_customer()
