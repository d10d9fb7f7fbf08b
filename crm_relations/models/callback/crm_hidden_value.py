from odoo import api, models

from ...tools.hiding import Copy


class CrmHiddenValue(models.Model):
    """Callbacks keep the number that is called."""

    _inherit = "crm.hidden.value"

    @api.model
    def _get_own_copies(self):
        return [
            *super()._get_own_copies(),
            Copy("crm.callback", phone=("number",), partner="number_partner_id"),
            Copy("crm.callback.attempt", phone=("number",), partner="person_id"),
        ]
