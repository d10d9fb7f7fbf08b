from odoo import api, models


class EventRegistration(models.Model):
    """Registering a customer for an event does not tell its number."""

    _name = "event.registration"
    _inherit = ["event.registration", "crm.masked.mixin"]

    @api.model
    def _get_masked_fields(self):
        return {"email": "email", "phone": "phone"}
