from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _clock_changed(self):
        """Roles in teams begin and end by the new clock, and the access with them."""
        result = super()._clock_changed()
        members = self.env["crm.account.team.member"]
        members._follow_clock(self)
        self.env["res.partner"]._apply_all_team_access()
        members._trigger_next()
        return result
