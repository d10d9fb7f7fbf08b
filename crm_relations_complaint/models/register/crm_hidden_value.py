from odoo import api, models

from odoo.addons.crm_relations.tools.hiding import Copy


class CrmHiddenValue(models.Model):
    """What a caller said of himself is hidden with the customer he belongs to."""

    _inherit = "crm.hidden.value"

    @api.model
    def _get_own_copies(self):
        return [
            *super()._get_own_copies(),
            Copy("crm.complaint", phone=("caller_phone",), email=("caller_email",)),
        ]
