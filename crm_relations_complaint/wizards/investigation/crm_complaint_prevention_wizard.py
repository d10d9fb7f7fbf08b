from datetime import timedelta

from odoo import fields, models


class CrmComplaintPreventionWizard(models.TransientModel):
    """What is done so that complaints like these do not come again."""

    _name = "crm.complaint.prevention.wizard"
    _description = "Plan Prevention"

    complaint_ids = fields.Many2many(
        comodel_name="crm.complaint", string="Complaints", readonly=True
    )
    name = fields.Char(string="What Is Done", required=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Owner",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index="btree_not_null",
    )
    due_on = fields.Date(
        string="Due Date",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=30),
    )

    def action_apply(self):
        self.ensure_one()
        action_id = self.complaint_ids.plan_prevention(
            self.name, self.user_id.id, self.due_on
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.complaint.action",
            "res_id": action_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
