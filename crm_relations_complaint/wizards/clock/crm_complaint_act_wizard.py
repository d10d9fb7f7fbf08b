from odoo import api, fields, models


class CrmComplaintActWizard(models.TransientModel):
    """What a complaint waits for, and what its customer was promised."""

    _inherit = "crm.complaint.act.wizard"

    act = fields.Selection(
        selection_add=[("pause", "Wait"), ("promise", "Promise")],
        ondelete={"pause": "cascade", "promise": "cascade"},
    )
    due_at = fields.Datetime(string="Until")

    @api.model
    def _get_questions(self):
        return super()._get_questions() | {
            "pause": self.env._("What do you wait for?"),
            "promise": self.env._("What was promised?"),
        }

    def _get_values(self):
        if self.act == "promise":
            return self.text or "", self.due_at
        return super()._get_values()
