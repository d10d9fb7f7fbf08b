from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        """Other working hours bring another time zone and other working days."""
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            rules = self.env["crm.pool.rule"]
            rules._get_in_force()._keep_days()
            rules._rules_changed()
        if "customers_are_owned" in vals:
            self.env["crm.pool.rule"]._rules_changed()
        return result
