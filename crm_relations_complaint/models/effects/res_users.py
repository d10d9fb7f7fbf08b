from odoo import models

from ..register.crm_complaint import OPEN


class ResUsers(models.Model):
    _inherit = "res.users"

    def _before_leaving(self):
        """What those answer for who leave goes back to who was asked first, else to
        nobody, where the managers see it; nobody waits for their answer any more."""
        # Superuser: who may archive a user passes on all of its complaints.
        complaints = self.env["crm.complaint"].sudo()
        opened = [("state", "in", OPEN)]
        asked = complaints.search([*opened, ("waiting_for_id", "in", self.ids)])
        asked._pass_back_handover()
        left = complaints.search([*opened, ("user_id", "in", self.ids)])
        left._pass_back(self)
        return super()._before_leaving()
