from odoo import models


class CrmReception(models.Model):
    """The visitor has said the number."""

    _name = "crm.reception"
    _inherit = ["crm.reception", "crm.hidden.mixin"]

    _hidden_triggers = frozenset(("phone", "partner_id"))
