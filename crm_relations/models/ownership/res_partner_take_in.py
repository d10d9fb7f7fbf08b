from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_taken_in_values(self):
        """Whoever has the customer has it from now on."""
        owner_since = SQL(
            "CASE WHEN customer.user_id IS NOT NULL THEN %s END", fields.Datetime.now()
        )
        return {**super()._get_taken_in_values(), "owner_since": owner_since}
