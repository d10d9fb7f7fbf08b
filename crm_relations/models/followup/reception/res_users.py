from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _before_leaving(self):
        """Visitors who wait for who leaves are received by whose turn it is."""
        # Superuser: who may archive a user passes on all of its visitors.
        receptions = self.env["crm.reception"].sudo()
        receptions.search(
            [("state", "=", "waiting"), ("consultant_id", "in", self.ids)]
        ).consultant_id = False
        return super()._before_leaving()
