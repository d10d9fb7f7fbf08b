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

    def _do_pause(self):
        return self.complaint_ids.pause(self.text or "")

    def _do_promise(self):
        answers = self.complaint_ids.promise(self.text or "", self.due_at)
        for answer in answers:
            del answer["promise_id"]
        return answers
