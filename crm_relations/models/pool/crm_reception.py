from odoo import api, models


class CrmReception(models.Model):
    _inherit = "crm.reception"

    @api.model
    def _is_free(self, customer):
        """Who is in the public pool is claimed there, by its rules."""
        return super()._is_free(customer) and not customer.pool_id
