from odoo import api, models


class CalendarAttendee(models.Model):
    """Inviting somebody to a meeting does not tell the number."""

    _name = "calendar.attendee"
    _inherit = ["calendar.attendee", "crm.masked.mixin"]

    @api.model
    def _get_masked_fields(self):
        return {"email": "email", "phone": "phone"}
