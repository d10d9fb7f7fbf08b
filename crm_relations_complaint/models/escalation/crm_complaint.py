from odoo import fields, models
from odoo.tools import SQL


class CrmComplaint(models.Model):
    _inherit = "crm.complaint"

    escalation_ids = fields.One2many(
        comodel_name="crm.complaint.escalation",
        inverse_name="complaint_id",
        string="Escalations",
        readonly=True,
    )

    def _is_crisis(self):
        """Hook: return whether this complaint is part of a crisis, in which people are
        told at any hour."""
        self.ensure_one()
        return False

    def _crisis_changed(self):
        """These complaints have become part of a crisis, or are not any more: who is
        told when is found anew."""
        # Superuser: who is told follows, whoever decides on a crisis.
        clocks = self.env["crm.complaint.clock"].sudo()
        clocks._mark_outdated(SQL("complaint_id = ANY(%s)", list(self.ids)))
