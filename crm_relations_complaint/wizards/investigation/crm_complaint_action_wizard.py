from odoo import api, fields, models

STEPS = [("finish", "Done"), ("check", "Check"), ("drop", "Drop")]
OUTCOMES = [("effective", "It has helped"), ("not_effective", "It has not helped")]


class CrmComplaintActionWizard(models.TransientModel):
    """One question about actions: what was done, whether it has helped, why not."""

    _name = "crm.complaint.action.wizard"
    _description = "Word on Actions"

    step = fields.Selection(selection=STEPS, required=True, readonly=True)
    action_ids = fields.Many2many(comodel_name="crm.complaint.action", readonly=True)
    outcome = fields.Selection(
        selection=OUTCOMES,
        default="effective",
        help="What has not helped is followed by another action, which is open.",
    )
    text = fields.Text()

    @api.model
    def _open_for(self, actions, step):
        """Return the dialog for a step of these actions."""
        labels = dict(self._fields["step"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": labels[step],
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_step": step, "default_action_ids": actions.ids},
        }

    def action_apply(self):
        self.ensure_one()
        actions, text = self.action_ids, self.text
        if self.step == "finish":
            answers = actions.finish(text)
        elif self.step == "drop":
            answers = actions.drop(text)
        else:
            answers = actions.record_check(self.outcome, text)
        return actions._show_answers(answers)
