from odoo import api, models

from ...tools.hiding import Copy


class CrmHiddenValue(models.Model):
    """The log of providers keeps the number of each text message."""

    _inherit = "crm.hidden.value"

    @api.model
    def _get_logged_copies(self):
        return [
            *super()._get_logged_copies(),
            Copy("crm.sms.log", phone=("number",)),
        ]
