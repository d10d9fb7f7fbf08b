from odoo import models


class CrmComplaint(models.Model):
    """What rooms do when the customer himself answers."""

    _inherit = "crm.complaint"

    def _customer_answered(self):
        """Hook: the customer has answered these complaints, as superuser."""
