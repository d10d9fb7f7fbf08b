from odoo import api, models


class CrmCallbackAttempt(models.Model):
    """A call tells the number that was dialled."""

    _name = "crm.callback.attempt"
    _inherit = ["crm.callback.attempt", "crm.masked.mixin"]

    @api.model
    def _get_masked_fields(self):
        return {"number": "phone"}
