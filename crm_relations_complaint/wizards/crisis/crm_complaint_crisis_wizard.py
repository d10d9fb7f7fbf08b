from odoo import fields, models


class CrmComplaintCrisisWizard(models.TransientModel):
    """The report of the hour, or what was learned when it is over."""

    _name = "crm.complaint.crisis.wizard"
    _description = "Word on a Crisis"

    act = fields.Selection(
        selection=[("report", "Report"), ("end", "End the Crisis")],
        required=True,
        readonly=True,
    )
    crisis_ids = fields.Many2many(comodel_name="crm.complaint.crisis", readonly=True)
    text = fields.Text()

    def action_apply(self):
        self.ensure_one()
        method = self.crisis_ids.end if self.act == "end" else self.crisis_ids.report
        return self.crisis_ids._show_answers(method(self.text or ""))
