from odoo import models


class CrmCallback(models.Model):
    """The outcome of a call ends the survey with it: what was answered counts; what was
    not begun has asked nobody. While the customer is to be called again it waits."""

    _inherit = "crm.callback"

    def _end(self, state):
        result = super()._end(state)
        # Superuser: the call has ended, whoever ended it.
        self.sudo().satisfaction_ids._finish_or("cancelled")
        return result
