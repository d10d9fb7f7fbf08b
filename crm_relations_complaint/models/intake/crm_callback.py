from odoo import api, fields, models


class CrmCallback(models.Model):
    """A customer who complains on the telephone is registered from the call."""

    _inherit = "crm.callback"

    complaint_ids = fields.One2many(
        comodel_name="crm.complaint", inverse_name="callback_id", readonly=True
    )

    complaint_count = fields.Integer(
        string="Number of Complaints", compute="_compute_came_of"
    )

    @api.model
    def _get_came_of(self):
        complaints = ("crm.complaint", self.env._("Complaints"))
        return {**super()._get_came_of(), "complaint_count": complaints}

    def action_view_complaints(self):
        return self._open_came_of("complaint_count")

    def _get_buttons(self):
        return [
            *super()._get_buttons(),
            {
                "key": "complaint",
                "label": self.env._("Complaint"),
                "icon": "fa-exclamation-triangle",
                "method": "_open_complaint",
            },
        ]

    def _open_complaint(self):
        """Return the short form with who is on the telephone, and what was said."""
        return self._prepare_dialog(
            self.env._("Complaint from the call"),
            "crm.complaint.quick",
            {
                "default_partner_id": (self.number_partner_id or self.partner_id).id,
                "default_channel": "callback",
                "default_facts": self._get_said(),
            },
        )

    def _get_said(self):
        """Return what the agent wrote down of the last call."""
        return self.attempt_ids[:1].note or ""
