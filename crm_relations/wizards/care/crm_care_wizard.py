from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmCareWizard(models.TransientModel):
    """Close or put off care tasks, with what came of them, or why not."""

    _name = "crm.care.wizard"
    _description = "Close or put off care"

    task_ids = fields.Many2many(comodel_name="crm.care.task", string="Care Tasks")
    task_count = fields.Integer(compute="_compute_task_count")
    kind = fields.Selection(
        selection=[
            ("done", "It is done"),
            ("drop", "It will not be done"),
            ("postpone", "It is put off"),
            ("reassign", "Somebody else does it"),
        ],
        string="What Happens",
        required=True,
        default="done",
    )
    result = fields.Text(help="What came of it.")
    followup_kind_id = fields.Many2one(
        comodel_name="crm.followup.kind",
        string="Log a Follow-up",
        help="Also writes a follow-up of this kind, with the result, on each customer.",
    )
    text = fields.Char(string="Reason")
    until = fields.Datetime(string="Put off to")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="New Person",
        domain="[('share', '=', False)]",
        index="btree_not_null",
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if (
            "task_ids" in fields
            and self.env.context.get("active_model") == "crm.care.task"
        ):
            values["task_ids"] = self.env.context.get("active_ids")
        return values

    @api.depends("task_ids")
    def _compute_task_count(self):
        for wizard in self:
            wizard.task_count = len(wizard.task_ids)

    def action_apply(self):
        self.ensure_one()
        tasks = self.task_ids._filter_open()
        if not tasks:
            raise UserError(self.env._("None of this care is still to be done."))
        tasks.check_access("write")
        getattr(self, f"_apply_{self.kind}")(tasks)
        return {"type": "ir.actions.act_window_close"}

    def _apply_done(self, tasks):
        # Superuser: only which of these log a follow-up by themselves.
        activities = {task: task.sudo().activity_id.id for task in tasks}
        tasks._finish(result=self.result)
        if self.followup_kind_id:
            logged = self._get_logged_activities(activities.values())
            # With the rights of who says so: only on customers that may be logged.
            self.env["crm.followup"].create(
                [
                    self._prepare_followup_vals(task)
                    for task in tasks
                    if activities[task] not in logged
                ]
            )

    def _get_logged_activities(self, activity_ids):
        """Return the ids of activities that have logged a follow-up: no contact is
        written down twice."""
        # Superuser: also follow-ups that the caller may not read.
        followups = self.env["crm.followup"].sudo()
        domain = [("done_activity_id", "in", [*filter(None, activity_ids)])]
        return set(followups.search(domain).done_activity_id.ids)

    def _prepare_followup_vals(self, task):
        return {
            "partner_id": (task.person_id or task.partner_id).id,
            "kind_id": self.followup_kind_id.id,
            "purpose": task.rule_id.name,
            "content": self.result,
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
            "care_task_id": task.id,
        }

    def _apply_drop(self, tasks):
        if not (self.text or "").strip():
            raise UserError(self.env._("Say why it will not be done."))
        tasks._drop(self.text)

    def _apply_postpone(self, tasks):
        if not self.until:
            raise UserError(self.env._("Say until when it is put off."))
        tasks._postpone(self.until)

    def _apply_reassign(self, tasks):
        if not self.user_id:
            raise UserError(self.env._("Choose who does it."))
        tasks.user_id = self.user_id
