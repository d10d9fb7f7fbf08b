from odoo import api, models
from odoo.exceptions import UserError


class CrmComplaintGate(models.AbstractModel):
    """The way from anything that a customer has said to a complaint.

    Another addon keeps complaints, if any does; whoever has something to complain of
    asks here and needs not know which.
    """

    _name = "crm.complaint.gate"
    _description = "Way to complaints"

    @api.model
    def _may_register(self):
        """Hook: return whether the caller can register a complaint here."""
        return False

    @api.model
    def _register_complaint(self, values):
        """Hook: register a complaint of the caller's and return its record.

        :param values: ``{"partner_id", "subject", "facts", "company_id"}``
        """
        raise UserError(self.env._("No complaints are kept in this database."))
