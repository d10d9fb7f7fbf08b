from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _before_leaving(self):
        """The open callbacks of who leaves go back to the common list."""
        # Superuser: who may archive a user passes on all of its calls.
        calls = self.env["crm.callback"].sudo()
        calls = calls.search(
            [
                ("state", "=", "open"),
                "|",
                ("agent_id", "in", self.ids),
                ("reserved_by_id", "in", self.ids),
            ]
        )
        calls.write(
            {"agent_id": False, "reserved_by_id": False, "reserved_until": False}
        )
        return super()._before_leaving()
