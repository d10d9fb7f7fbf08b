from odoo import models


class CrmComplaint(models.Model):
    """The caller's number and address move away while a pool hides the customer."""

    _name = "crm.complaint"
    _inherit = ["crm.complaint", "crm.hidden.mixin"]

    _hidden_triggers = frozenset(("caller_phone", "caller_email", "partner_id"))
