from odoo import api, models


class CrmCallback(models.Model):
    """A number that a pool hides shows in no list of calls. The agent who has opened
    the call gets it on the card: see ``_get_card``."""

    _name = "crm.callback"
    _inherit = ["crm.callback", "crm.masked.mixin"]

    @api.model
    def _get_masked_fields(self):
        return {"number": "phone"}
