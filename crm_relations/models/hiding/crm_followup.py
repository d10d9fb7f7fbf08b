from odoo import models


class CrmFollowup(models.Model):
    """A call of a former salesperson tells the number that was dialled."""

    _name = "crm.followup"
    _inherit = ["crm.followup", "crm.hidden.mixin"]

    _hidden_triggers = frozenset(("call_number", "partner_id"))
