from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _before_leaving(self):
        """What was lent to who leaves ends at once."""
        self.env["crm.archive.loan"]._end_of([("user_id", "in", self.ids)], "left")
        return super()._before_leaving()
