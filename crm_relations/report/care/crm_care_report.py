from odoo import api, fields, models
from odoo.tools import SQL


class CrmCareReport(models.Model):
    """Care done in time, done late, still late, missed: by rule, executor, supervisor.

    One line a task that was dispatched, or should have been.
    """

    _name = "crm.care.report"
    _description = "Care report"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "crm.care.task": [
            *["rule_id", "partner_id", "person_id", "company_id", "user_id"],
            *["supervisor_id", "channel", "state", "due_at", "deadline_at", "done_at"],
            "dispatched_at",
        ],
        "crm.care.rule": ["channel"],
        "res.partner": ["active"],
    }

    date = fields.Datetime(
        readonly=True, help="When it was done, or should have been done."
    )
    rule_id = fields.Many2one(comodel_name="crm.care.rule", readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", readonly=True
    )
    person_id = fields.Many2one(comodel_name="res.partner", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", string="Assigned To", readonly=True
    )
    supervisor_id = fields.Many2one(
        comodel_name="res.users", string="Supervised By", readonly=True
    )
    channel = fields.Selection(
        selection=lambda self: self._selection_channel(), string="By", readonly=True
    )
    outcome = fields.Selection(
        selection=[
            ("open", "To do"),
            ("in_time", "Done in time"),
            ("done_late", "Done late"),
            ("late", "Late"),
            ("missed", "Not Done"),
            ("dropped", "Dropped"),
            ("failed", "Failed"),
        ],
        readonly=True,
    )
    task_count = fields.Integer(string="Tasks", readonly=True)
    done_count = fields.Integer(string="Done", readonly=True)
    late_count = fields.Integer(
        string="Late Ones", readonly=True, help="Done late, or late and not done yet."
    )
    missed_count = fields.Integer(string="Missed Ones", readonly=True)
    in_time_rate = fields.Float(
        string="In Time (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of what was done, is late or was missed: done in time.",
    )

    def _selection_channel(self):
        rules = self.env["crm.care.rule"]
        return rules._fields["channel"]._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL("%s %s", self._select(), self._from())

    @api.model
    def _select(self):
        return SQL(
            """
            SELECT task.id, task.rule_id, task.partner_id, task.person_id,
                   task.company_id, task.user_id, task.supervisor_id,
                   COALESCE(task.channel, rule.channel) AS channel,
                   COALESCE(task.done_at, task.deadline_at, task.due_at) AS date,
                   judged.outcome, 1 AS task_count,
                   (task.state = 'done')::int AS done_count,
                   (judged.outcome IN ('done_late', 'late'))::int AS late_count,
                   (task.state = 'missed')::int AS missed_count,
                   CASE WHEN judged.outcome = 'in_time' THEN 100.0
                        WHEN judged.outcome IN ('done_late', 'late', 'missed') THEN 0.0
                         END AS in_time_rate
            """
        )

    @api.model
    def _from(self):
        return SQL(
            """
              FROM crm_care_task AS task
              JOIN crm_care_rule AS rule ON rule.id = task.rule_id
              JOIN res_partner AS customer ON customer.id = task.partner_id
        CROSS JOIN LATERAL (
                   SELECT CASE
                     WHEN task.state = 'done'
                      AND task.done_at > COALESCE(task.deadline_at, task.done_at)
                     THEN 'done_late'
                     WHEN task.state = 'done' THEN 'in_time'
                     WHEN task.state = 'open' AND task.deadline_at <= %s
                      AND customer.active THEN 'late'
                     ELSE task.state END AS outcome) AS judged
             WHERE task.state <> 'planned'
            """,
            fields.Datetime.now(),
        )

    def action_open_task(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.care.task",
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
