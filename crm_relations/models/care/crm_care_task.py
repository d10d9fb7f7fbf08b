from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.local_moments import utc_moment
from ...tools.sentences import join_label

OPEN_STATES = ("planned", "open")
EDITABLE = {"user_id"}


class CrmCareTask(models.Model):
    """One customer, or person, to be cared for on one occasion.

    Planned until it is due, then dispatched: a message goes into its queue and is
    done, for a person it is open until done, or missed.
    """

    _name = "crm.care.task"
    _description = "Care task"
    _inherit = ["crm.customer.line.mixin", "crm.colleague.mixin"]
    _order = "due_at, id"
    _rec_name = "partner_id"

    rule_id = fields.Many2one(
        comodel_name="crm.care.rule",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    person_id = fields.Many2one(
        comodel_name="res.partner",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    occasion = fields.Char(
        required=True, readonly=True, export_string_translation=False
    )
    occasion_date = fields.Date(string="Occasion On", required=True, readonly=True)
    due_at = fields.Datetime(
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
            ("planned", "Planned"),
            ("open", "To do"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("missed", "Not Done"),
            ("dropped", "Dropped"),
        ],
        required=True,
        string="Status",
        default="planned",
        index=True,
        readonly=True,
    )
    done_at = fields.Datetime(readonly=True)
    result = fields.Text(readonly=True)
    is_gone = fields.Boolean(
        readonly=True,
        help="Dropped because its occasion is gone; it is taken up again when the "
        "occasion comes back.",
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(
        string="Source", model_field="res_model", readonly=True
    )
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
    _planned_idx = models.Index("(rule_id, due_at) WHERE state = 'planned'")

    def _init_column(self, column_name):
        """Care of a database from before tasks had a time: due on its occasion at nine,
        by the clock of the company; where an activity stands for it, it is open."""
        if column_name != "due_at":
            return super()._init_column(column_name)
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_care_task
                   SET due_at = %s,
                       state = CASE WHEN state = 'planned' AND activity_id IS NOT NULL
                                    THEN 'open' ELSE state END
                 WHERE due_at IS NULL
                """,
                utc_moment(
                    SQL("(occasion_date + interval '9 hours')"),
                    self.env.company.resource_calendar_id.tz or "UTC",
                ),
            )
        )
        return None

    @api.depends("facts")
    @api.depends_context("lang")
    def _compute_reason(self):
        renderer = self.env["crm.reason"]
        renderer._look_ahead(self.mapped("facts"))
        for task in self:
            task.reason = renderer._get_sentence(task.facts)

    def _has_field_access(self, field, operation):
        """Who may write a task hands it over; all else follows from buttons, or is
        decided by the machine."""
        allowed = super()._has_field_access(field, operation)
        if operation == "write" and allowed and not self.env.su:
            return field.name in EDITABLE
        return allowed

    def write(self, vals):
        result = super().write(vals)
        if vals.get("user_id"):
            # Superuser: whoever hands over the task hands over its activity.
            tasks = self.sudo()
            tasks.activity_id.user_id = vals["user_id"]
            tasks._wake_up()
        return result

    def unlink(self):
        # Superuser: the activity goes with the task it stands for.
        activities = self.sudo().filtered(lambda task: task.state in OPEN_STATES)
        activities = activities.activity_id | activities.warning_id
        result = super().unlink()
        activities.unlink()
        return result

    def action_done(self):
        """Mark as done, with the activity that stands for it."""
        self._finish()

    def action_drop(self):
        self._drop()

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def action_open_source(self):
        """Open what the task is about: the order, the visit, …"""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env:
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    @api.model
    def _get_undispatched_sql(self, alias):
        """Hook: return the condition of tasks that still follow their occasion,
        because nothing has been done about them yet."""
        return SQL(
            "(%(task)s.state = 'planned' AND %(task)s.activity_id IS NULL)",
            task=SQL.identifier(alias),
        )

    @api.model
    def _withdraw(self, rules, occasion=None):
        """Drop what these rules have planned, for one occasion or for all, and nobody
        has begun; one statement."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_care_task AS task
                   SET state = 'dropped', is_gone = TRUE, done_at = %(now)s
                 WHERE task.rule_id = ANY(%(rules)s) AND %(open)s
                   AND (%(occasion)s::text IS NULL OR task.occasion = %(occasion)s)
                """,
                now=fields.Datetime.now(),
                rules=rules.ids,
                occasion=occasion,
                open=self._get_undispatched_sql("task"),
            )
        )
        self.invalidate_model()

    def _finish(self, result=False):
        """Mark what is still to be done as done, with what came of it. The activity
        is done as well, and logs a follow-up if its type says so."""
        self.check_access("write")
        tasks = self._filter_open()
        if tasks.activity_id:
            tasks.activity_id.action_feedback(feedback=result)
        tasks._close("done", result=result)

    def _drop(self, text=False):
        """Give up what is still to be done; ``text`` says why."""
        self.check_access("write")
        tasks = self._filter_open()
        # Superuser: the right to the task has been checked.
        activities = tasks.sudo().activity_id
        facts = {"code": "care_dropped_by", "user": self.env.uid, "text": text or ""}
        tasks._close("dropped", dispatch_facts=facts)
        activities.unlink()

    def _pass_on(self, leavers):
        """Give these tasks to the salesperson of the customer, else to the stand-in of
        the rule, else to nobody yet; the dispatcher makes their activities. A call
        that others make stays with them."""
        activities = self.activity_id
        opened = self.filtered(lambda task: task.state == "open" and task.activity_id)
        again = dict.fromkeys(("escalated_at", "is_told", "touch_date"), False)
        opened.write({"activity_id": False, "state": "planned", **again})
        activities.unlink()
        for heir, tasks in self.grouped(lambda one: one._get_heir(leavers)).items():
            tasks.user_id = heir

    def _get_heir(self, leavers):
        heirs = (self.partner_id.user_id | self.rule_id.user_id) - leavers
        return heirs.filtered("active")[:1]

    def _filter_open(self):
        return self.filtered(lambda task: task.state in OPEN_STATES)

    def _close(self, state, **values):
        """Close what is still open."""
        values |= {"state": state, "done_at": fields.Datetime.now()}
        # Superuser: called for activities and calls, whose rights have been checked.
        self.sudo()._filter_open().write(values)

    def _leave_persons(self):
        """Let what was done for persons who go stay with their customers, and drop what
        was to come.

        :return: the tasks that stay
        """
        still_open = self._filter_open()
        kept = self - still_open
        still_open.unlink()
        for task in kept:
            # Else two persons of one customer would have had one occasion.
            task.occasion = f"{task.occasion}-{task.person_id.id}"
        return kept

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: names of rules and colleagues.
        task = self.sudo()
        states = dict(self._fields["state"]._description_selection(self.env))
        words = [task.person_id.name, task.dispatch_reason, task.result]
        return {
            "date": task.partner_id._format_history_moment(task.done_at),
            "title": join_label(self.env, task.rule_id.name, states[task.state]),
            "text": " · ".join(filter(None, words)),
            "by": task.user_id.name or "",
        }
