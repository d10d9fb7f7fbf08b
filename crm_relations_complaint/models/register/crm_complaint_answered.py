from odoo import models


class CrmComplaint(models.Model):
    """What rooms do when the customer himself answers."""

    _inherit = "crm.complaint"

    def _customer_answered(self):
        """Hook: the customer has answered these complaints, as superuser."""

    def _confirm_online(self, outcome, note=""):
        """Hook: keep what the customer said to the solution; return an answer."""
        blocked = self._get_blocked(("solved",))
        return self._answer({self.id: ("blocked", blocked)}, "")[0]

    def _reopen(self, reason, by_customer=False):
        """Hook: take these complaints up again, as superuser."""
        self._record("answered", note=reason, by_customer=by_customer)
