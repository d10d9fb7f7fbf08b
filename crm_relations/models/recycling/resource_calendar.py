from odoo import models


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def _working_days_changed(self):
        result = super()._working_days_changed()
        if self:
            self.env["crm.pool.rule"]._working_days_changed()
        return result

    def write(self, vals):
        """In another time zone a day begins at another moment, for every clock."""
        result = super().write(vals)
        if "tz" in vals:
            self.env["crm.pool.rule"]._rules_changed()
        return result
