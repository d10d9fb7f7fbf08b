import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.batches import BATCH
from ...tools.retries import retry

MANY = 10000  # what is left is counted no further
ROUND_UP = timedelta(seconds=59, microseconds=999999)
TEXT, NUMBER, MOMENT = SQL("text"), SQL("int"), SQL("timestamp")
# What a batch may write on a task, and how PostgreSQL reads it.
COLUMNS = {
    "state": TEXT,
    "channel": TEXT,
    "due_at": MOMENT,
    "first_due_at": MOMENT,
    "recipient_id": NUMBER,
    "touch_date": SQL("date"),
    "dispatched_at": MOMENT,
    "deadline_at": MOMENT,
    "missed_at": MOMENT,
    "done_at": MOMENT,
    "supervisor_id": NUMBER,
    "activity_id": NUMBER,
    "message_id": NUMBER,
    "dispatch_facts": SQL("jsonb"),
}


class CrmCareDispatch(models.AbstractModel):
    """Send out care at its minute.

    A batch of due tasks is taken (skipping those that another worker has), judged,
    sent out and written, all in one transaction: killed anywhere, a task and its
    message or activity are there both or neither. Messages leave by Odoo's queues.
    Of two workers that reach for the same day of one customer, one fails on the
    unique index of touches and judges anew.
    """

    _name = "crm.care.dispatch"
    _description = "Dispatching of care"

    @api.model
    def _cron_dispatch(self):
        """Dispatch what is due, pass on what is late, and be called when more is."""
        for step, count_left in (
            (self._dispatch_batch, self._count_due),
            (self._miss_batch, lambda: 0),
            (self._escalate_batch, lambda: 0),
        ):
            while done := retry(self.env, step):
                left = count_left()
                if not self.env["ir.cron"]._commit_progress(done, remaining=left):
                    return
        self._trigger_next()

    @api.model
    def _trigger_next(self):
        """Have the job started at the next minute at which there is something to do:
        a task is due, late or missed."""
        self.env["crm.care.task"].flush_model()
        now = fields.Datetime.now()
        [(moment,)] = self.env.execute_query(
            SQL(
                """
                SELECT LEAST(
                  (SELECT min(due_at) FROM crm_care_task
                    WHERE state = 'planned' AND due_at > %(now)s),
                  (SELECT min(deadline_at) FROM crm_care_task
                    WHERE state = 'open' AND escalated_at IS NULL
                      AND deadline_at > %(now)s),
                  (SELECT min(missed_at) FROM crm_care_task
                    WHERE state = 'open' AND missed_at > %(now)s),
                  (SELECT %(now)s
                    WHERE EXISTS (%(due)s)))
                """,
                now=now,
                due=self._get_due_sql(limit=1),
            )
        )
        if moment:
            # Superuser: whoever makes care due has it dispatched. Odoo starts a job
            # whose minute has passed: round up, or else nothing would be due yet.
            job = self.env.ref("crm_relations.ir_cron_care_dispatch").sudo()
            at = (moment + ROUND_UP).replace(second=0, microsecond=0)
            triggers = self.env["ir.cron.trigger"].sudo()
            if not triggers.search_count(
                [("cron_id", "=", job.id), ("call_at", "=", at)], limit=1
            ):
                job._trigger(at=at)

    @api.model
    def _get_due_sql(self, limit):
        """Return a SELECT of the ids of due tasks, the longest due first.

        What a person is to do waits until somebody is in charge, or it is too late.
        """
        return SQL(
            """
            SELECT task.id
              FROM crm_care_task AS task
              JOIN crm_care_rule AS rule ON rule.id = task.rule_id
             WHERE task.state = 'planned' AND task.due_at <= %(now)s
               AND (COALESCE(task.channel, rule.channel) NOT IN ('activity', 'gift')
                    OR EXISTS (SELECT FROM res_users AS executor
                                WHERE executor.id = task.user_id AND executor.active)
                    -- Later than the judgement does, or it would stay here.
                    OR GREATEST(task.due_at, task.occasion_date + interval '2 days')
                       < %(now)s - (rule.catch_up_days + 2) * interval '1 day')
          ORDER BY task.due_at, task.id
             LIMIT %(limit)s
            """,
            now=fields.Datetime.now(),
            limit=limit,
        )

    @api.model
    def _count_due(self):
        [(count,)] = self.env.execute_query(
            SQL("SELECT count(*) FROM (%s) AS due", self._get_due_sql(MANY))
        )
        return count

    @api.model
    def _dispatch_batch(self, limit=BATCH):
        """Dispatch at most ``limit`` due tasks.

        :return: for how many of them something has come of it
        """
        self.env["crm.care.task"].flush_model()
        rows = self.env.execute_query(
            SQL("%s FOR UPDATE OF task SKIP LOCKED", self._get_due_sql(limit))
        )
        tasks = self.env["crm.care.task"].browse(number for (number,) in rows)
        if not tasks:
            return 0
        now = fields.Datetime.now()
        outcomes = self._judge(tasks, now)
        going = tasks.filtered(lambda task: outcomes[task.id]["state"] == "going")
        self._send_out(going, outcomes, now)
        self._write(outcomes)
        return len(tasks)

    @api.model
    def _send_out(self, tasks, outcomes, now):
        """Send out by channel; add to ``outcomes`` what came of it."""
        deadlines = tasks.rule_id._get_deadlines(tasks, now)
        for task in tasks:
            outcomes[task.id] |= deadlines[task.id] | {
                "dispatched_at": now,
                "supervisor_id": task.rule_id._get_supervisor(task.user_id).id,
            }
        for channel, some in tasks.grouped(lambda t: outcomes[t.id]["channel"]).items():
            for number, values in some._dispatch(channel, outcomes).items():
                outcomes[number] |= values

    @api.model
    def _write(self, outcomes):
        """Write what became of the tasks, by one statement."""
        rows = [
            {"id": number} | {name: value or None for name, value in values.items()}
            for number, values in outcomes.items()
        ]
        names = [SQL.identifier(name) for name in COLUMNS]
        kinds = SQL(", ").join(
            SQL("%s %s", SQL.identifier(name), kind) for name, kind in COLUMNS.items()
        )
        # What an outcome does not name stays as it is.
        changes = SQL(", ").join(
            SQL("%s = COALESCE(row.%s, task.%s)", name, name, name) for name in names
        )
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_care_task AS task
                   SET %(changes)s, write_uid = %(uid)s, write_date = %(now)s
                  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id int, %(kinds)s)
                 WHERE task.id = row.id
             RETURNING task.id
                """,
                changes=changes,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                rows=json.dumps(rows, default=str),
                kinds=kinds,
            )
        )
        self.env["crm.care.task"].invalidate_model()
