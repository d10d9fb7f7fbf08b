from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _count_customers_held(self):
        """Return ``{user id: number of managed customers}`` of these users."""
        # Superuser: a number, of all companies.
        customers = self.env["res.partner"].sudo()
        counts = customers._read_group(
            [("is_managed_customer", "=", True), ("user_id", "in", self._origin.ids)],
            ["user_id"],
            ["__count"],
        )
        return {user.id: count for user, count in counts}
