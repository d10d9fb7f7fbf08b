from odoo import api, models


class CrmComplaintGate(models.AbstractModel):
    """Complaints are kept here: others pass on what they hear."""

    _inherit = "crm.complaint.gate"

    @api.model
    def _may_register(self):
        return self.env["crm.complaint"].has_access("create")

    @api.model
    def _register_complaint(self, values):
        complaints = self.env["crm.complaint"]
        known = {"company_id"} | complaints._get_written_fields()
        vals = {name: value for name, value in values.items() if name in known}
        return complaints.create({"channel": "survey", **vals})
