from odoo import models


class EventRegistration(models.Model):
    """A registration carries copies of its customer's number and address."""

    _name = "event.registration"
    _inherit = ["event.registration", "crm.hidden.mixin"]

    _hidden_triggers = frozenset(("partner_id", "phone", "email"))
