from odoo import fields, models


class CrmComplaintEvent(models.Model):
    """A customer who was not reached is an event, too."""

    _inherit = "crm.complaint.event"

    kind = fields.Selection(
        selection_add=[("not_reached", "Customer not reached"), ("confirmed",)],
        ondelete={"not_reached": "cascade"},
    )
