from odoo import models


class CrmCareTask(models.Model):
    """Care that invites to an activity: what its message tells."""

    _inherit = "crm.care.task"

    def _get_guest(self):
        """Return the guest that this invites, as superuser: whoever reads the message
        is the guest."""
        self.ensure_one()
        guests = self.env["crm.event.guest"].sudo()
        if self.res_model != guests._name:
            return guests
        return guests.browse(self.res_id).exists()
