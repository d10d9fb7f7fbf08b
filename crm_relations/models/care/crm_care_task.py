from odoo import api, fields, models


class CrmCareTask(models.Model):
    """One customer, or person, to be cared for on one occasion."""

    _name = "crm.care.task"
    _description = "Care task"
    _order = "due_at, id"
    _rec_name = "partner_id"

    rule_id = fields.Many2one(
        comodel_name="crm.care.rule",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    person_id = fields.Many2one(
        comodel_name="res.partner",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", readonly=True, index="btree_not_null"
    )
    occasion = fields.Char(
        required=True, readonly=True, export_string_translation=False
    )
    occasion_date = fields.Date(string="Occasion On", required=True, readonly=True)
    due_at = fields.Datetime(
        string="Due",
        required=True,
        readonly=True,
        help="When the care is to reach the customer, in the customer's time zone.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Assigned To",
        index="btree_not_null",
        domain="[('share', '=', False)]",
    )
    state = fields.Selection(
        selection=[
            ("planned", "To do"),
            ("done", "Done"),
            ("dropped", "Dropped"),
        ],
        required=True,
        string="Status",
        default="planned",
        index=True,
        readonly=True,
    )
    done_at = fields.Datetime(readonly=True)
    activity_id = fields.Many2one(
        comodel_name="mail.activity",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    facts = fields.Json(readonly=True)
    reason = fields.Char(string="Why", compute="_compute_reason")

    _occasion_uniq = models.UniqueIndex(
        "(rule_id, partner_id, COALESCE(person_id, 0), occasion)",
        "This occasion is being taken care of already.",
    )
    _due_idx = models.Index("(due_at, id) WHERE state = 'planned'")
    _unscheduled_idx = models.Index(
        "(id) WHERE state = 'planned' AND activity_id IS NULL"
    )

    @api.depends("facts")
    @api.depends_context("lang")
    def _compute_reason(self):
        renderer = self.env["crm.reason"]
        for task in self:
            task.reason = renderer._get_sentence(task.facts)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("user_id"):
            # Superuser: whoever hands over the task hands over its activity.
            self.sudo().activity_id.user_id = vals["user_id"]
        return result

    def unlink(self):
        activities = self.sudo().filtered(lambda task: task.state == "planned")
        activities = activities.activity_id
        result = super().unlink()
        activities.unlink()
        return result

    def action_done(self):
        """Mark as done, with the activity that stands for it."""
        open_tasks = self.filtered(lambda task: task.state == "planned")
        activities = open_tasks.activity_id
        if activities:
            activities.action_feedback()
        open_tasks._close("done")

    def action_drop(self):
        open_tasks = self.filtered(lambda task: task.state == "planned")
        open_tasks.activity_id.unlink()
        open_tasks._close("dropped")

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def _pass_on(self, leavers):
        """Give these tasks to the salesperson of the customer, else to the stand-in of
        the rule, else to nobody yet; the coming night makes their activities."""
        activities = self.activity_id
        self.activity_id = False
        activities.unlink()
        for task in self:
            heirs = (task.partner_id.user_id | task.rule_id.user_id) - leavers
            task.user_id = heirs.filtered("active")[:1]

    def _close(self, state):
        """Close what is still open."""
        self.filtered(lambda task: task.state == "planned").write(
            {"state": state, "done_at": fields.Datetime.now()}
        )

    @api.model
    def _schedule_activities(self, limit):
        """Make the activities of at most ``limit`` tasks that have none.

        A task that nobody is to do waits for someone to be put in charge.

        :return: number of activities made
        """
        tasks = self.search(
            self._get_unscheduled_domain(), order="id", limit=limit
        ).try_lock_for_update()
        # Odoo would mail every single assignment; the list of tasks is enough.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        made = activities.create([task._prepare_activity_vals() for task in tasks])
        for task, activity in zip(tasks, made, strict=True):
            task.activity_id = activity
        return len(made)

    @api.model
    def _get_unscheduled_domain(self):
        """Return the domain of tasks that somebody is to do and has no activity for."""
        return [
            ("state", "=", "planned"),
            ("activity_id", "=", False),
            ("user_id", "!=", False),
            ("user_id.active", "=", True),
        ]

    def _prepare_activity_vals(self):
        self.ensure_one()
        task = self.with_context(lang=self.user_id.lang)
        return {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": self.partner_id.id,
            "activity_type_id": self.rule_id.activity_type_id.id,
            "summary": task._get_summary(),
            "note": task._get_note(),
            "date_deadline": self.occasion_date,
            "user_id": self.user_id.id,
        }

    def _get_summary(self):
        person = self.person_id or self.partner_id
        return self.env._(
            "%(rule)s: %(person)s", rule=self.rule_id.name, person=person.name
        )

    def _get_note(self):
        return " ".join(filter(None, [self.reason, self.rule_id.instructions]))
