from odoo import api, models

CLOSING_FIELDS = {
    "calendar_id",
    "company_id",
    "date_from",
    "date_to",
    "resource_id",
    "time_type",
}


class ResourceCalendarLeaves(models.Model):
    """Days off that all share change the table of days; those of one person, of
    which there are many, cost nothing here."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._get_closed_calendars()._working_days_changed()
        return leaves

    def write(self, vals):
        if CLOSING_FIELDS.isdisjoint(vals):
            return super().write(vals)
        calendars = self._get_closed_calendars()
        result = super().write(vals)
        (calendars | self._get_closed_calendars())._working_days_changed()
        return result

    def unlink(self):
        calendars = self._get_closed_calendars()
        result = super().unlink()
        calendars._working_days_changed()
        return result

    def _get_closed_calendars(self):
        """Return the calendars in which nobody works during these days off."""
        # Superuser: asked after the rights to write have been checked.
        closings = self.sudo().filtered(lambda leave: not leave.resource_id)
        calendars = closings.calendar_id
        for leave in closings.filtered(lambda leave: not leave.calendar_id):
            calendars |= calendars._get_all_of_company(leave.company_id)
        return calendars
