from odoo import api, models

PATTERN_FIELDS = {
    "calendar_id",
    "dayofweek",
    "week_type",
    "hour_from",
    "hour_to",
    "duration_hours",
    "day_period",
    "display_type",
}


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        attendances.calendar_id._working_days_changed()
        return attendances

    def write(self, vals):
        if PATTERN_FIELDS.isdisjoint(vals):
            return super().write(vals)
        calendars = self.calendar_id
        result = super().write(vals)
        (calendars | self.calendar_id)._working_days_changed()
        return result

    def unlink(self):
        calendars = self.calendar_id
        result = super().unlink()
        calendars._working_days_changed()
        return result
