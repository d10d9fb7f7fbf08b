from odoo import api, fields, models


class CrmAccountPlanAction(models.Model):
    """What somebody does for the plan: an activity on the customer once the plan is in
    force. Its status is that of the activity."""

    _name = "crm.account.plan.action"
    _description = "Action of a plan"
    _inherit = ["crm.account.plan.line.mixin", "crm.colleague.mixin"]
    _order = "due, id"
    _alive = frozenset(("name", "user_id", "due", "objective_id"))
    _grows = True
    _closed = frozenset(("activity_id",))

    name = fields.Char(string="Action", required=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person in Charge",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    due = fields.Date(string="Target Day", required=True)
    objective_id = fields.Many2one(
        comodel_name="crm.account.plan.objective",
        string="Serves Objective",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        domain="[('plan_id', '=', plan_id)]",
    )
    activity_id = fields.Many2one(
        comodel_name="mail.activity",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )
    was_planned = fields.Boolean(
        readonly=True, copy=False, export_string_translation=False
    )
    state = fields.Selection(
        selection=[
            ("draft", "Prepared"),
            ("planned", "Planned"),
            ("late", "Late"),
            ("done", "Done"),
            ("dropped", "Dropped"),
        ],
        string="Status",
        compute="_compute_state",
    )
    done_on = fields.Date(string="Finished On", compute="_compute_state")

    @api.depends("activity_id", "due", "was_planned")
    def _compute_state(self):
        # Superuser: whether an activity of a colleague is done.
        for action in self.sudo().with_context(active_test=False):
            activity = action.activity_id.exists()
            action.done_on = not activity.active and activity.date_done
            action.state = action._get_state(activity)

    def _get_state(self, activity):
        if not activity:
            return "dropped" if self.was_planned else "draft"
        if not activity.active:
            return "done"
        plan = self.plan_id
        is_late = plan and self.due and self.due < plan._get_today()
        return "late" if is_late else "planned"

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        in_force = actions.filtered(lambda one: one.plan_id.state == "approved")
        in_force.sudo()._schedule()  # Superuser: who plans may give it to a colleague
        return actions

    def write(self, vals):
        result = super().write(vals)
        if not {"name", "user_id", "due"}.isdisjoint(vals):
            # Superuser: the activity follows, whosever it is.
            for action in self.sudo():
                action.activity_id.filtered("active").write(
                    action._prepare_activity_vals()
                )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_activities(self):
        # Superuser: as above.
        self.sudo()._cancel()

    def _schedule(self):
        """Plan the activities of these, as superuser; each once."""
        for action in self.filtered(lambda one: not one.was_planned):
            customer = action.plan_id.partner_id.with_context(
                mail_activity_quick_update=True
            )
            values = action._prepare_activity_vals()
            action.write(
                {
                    "activity_id": customer.activity_schedule(
                        "mail.mail_activity_data_todo", **values
                    ).id,
                    "was_planned": True,
                }
            )

    def _cancel(self):
        """Take back the activities of these that nobody has done."""
        self.activity_id.filtered("active").unlink()

    def _prepare_activity_vals(self):
        return {
            "summary": self.name,
            "user_id": self.user_id.id,
            "date_deadline": self.due,
        }
