from odoo import fields, models


class CrmCallback(models.Model):
    """A customer who complains on the telephone is registered from the call."""

    _inherit = "crm.callback"

    complaint_ids = fields.One2many(
        comodel_name="crm.complaint", inverse_name="callback_id", readonly=True
    )

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
