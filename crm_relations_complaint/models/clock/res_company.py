from odoo import models
from odoo.tools import SQL


class ResCompany(models.Model):
    """What counts by the working hours of a company follows it to other ones."""

    _inherit = "res.company"

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            # Superuser: deadlines follow, whoever changes the company.
            clocks = self.env["crm.complaint.clock"].sudo()
            clocks._change_calendar(SQL("company_id = ANY(%s)", list(self.ids)))
        return result
