from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _before_leaving(self):
        """Who leaves is in no team any more; what he had as salesperson of a customer
        has gone to the next one with the customer, where it was handed over before."""
        self.env["crm.account.team.member"]._finish_of(
            [("user_id", "in", self.ids)], "left"
        )
        return super()._before_leaving()
