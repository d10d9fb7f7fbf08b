from odoo import models

from .crm_care_task import OPEN_STATES


class ResUsers(models.Model):
    _inherit = "res.users"

    def _before_leaving(self):
        """Odoo deletes the activities of who leaves; the care is passed on instead."""
        # Superuser: who may archive a user passes on all of its care.
        tasks = self.env["crm.care.task"].sudo()
        tasks = tasks.search(
            [("user_id", "in", self.ids), ("state", "in", OPEN_STATES)]
        )
        tasks._pass_on(self)
        return super()._before_leaving()
