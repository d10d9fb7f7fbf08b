import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.crm_relations.tools.batches import BATCH
from odoo.addons.crm_relations.tools.retries import retry

MANY = 10000  # what is left is counted no further
# The job may come so much after its minute, and still tell at closing time.
GRACE = timedelta(minutes=15)
JOB = "crm_relations_complaint.ir_cron_escalation"
ROUND_UP = timedelta(seconds=59, microseconds=999999)
COLUMNS = (
    *("clock_id", "complaint_id", "company_id", "step_id", "level", "user_id"),
    *("state", "deadline_at", "due_at", "told_at", "answer_by_at"),
)


class CrmComplaintEscalation(models.Model):
    """Escalate at the minute: batches of clocks whose next step is due, skipping those
    that another worker has; log, activity and message in one transaction."""

    _inherit = "crm.complaint.escalation"

    @api.model
    def _cron_escalate(self):
        """Escalate what is due, and be called when more is."""
        while done := retry(self.env, self._escalate_batch):
            left = self._count_due()
            if not self.env["ir.cron"]._commit_progress(done, remaining=left):
                return
        self._trigger_next()

    @api.model
    def _count_due(self):
        [(count,)] = self.env.execute_query(
            SQL(
                """
                SELECT count(*) FROM (
                    SELECT FROM crm_complaint_clock
                     WHERE result = 'running' AND escalate_at <= %s LIMIT %s) AS due
                """,
                fields.Datetime.now(),
                MANY,
            )
        )
        return count

    @api.model
    def _escalate_batch(self, limit=BATCH):
        """Escalate at most so many clocks; return how many were looked at."""
        # Superuser: a job; whoever is told may read the complaint.
        clocks = self.env["crm.complaint.clock"].sudo()
        now = fields.Datetime.now()
        due = SQL(
            "result = 'running' AND escalate_at <= %s ORDER BY escalate_at, id", now
        )
        rows = clocks._take_rows(due, limit)
        if not rows:
            return 0
        steps = clocks._get_due_steps(rows, now)
        self.sudo()._insert(self._prepare_rows(steps, now))._deliver()
        clocks._plan_steps(rows, now)
        clocks._update_rows(rows)
        return len(rows)

    @api.model
    def _prepare_rows(self, due, now):
        """Return a row for each person to be told of each due step.

        :param due: ``[(clock row, step, moment, ClockTime)]``
        """
        clocks = self.env["crm.complaint.clock"].sudo()  # as above
        ids = [row["id"] for row, *_rest in due]
        records = dict(zip(ids, clocks.browse(ids), strict=True))
        steps = self.env["crm.complaint.escalation.step"].sudo()
        companies = clocks.browse(ids).company_id
        managers = steps._get_managers(companies) if due else {}
        rows = []
        for row, step, moment, time in due:
            values = self._prepare_row(row, step, moment, now)
            if step.moment == "before" and now >= row["deadline_at"]:
                rows.append(values | {"state": "skipped"})
                continue
            if step.answer_minutes:
                values["answer_by_at"] = time.plan(now, step.answer_minutes, "minute")
            users = step._get_recipients(records[row["id"]], managers)
            rows += [values | told for told in self._prepare_told(users)]
        return rows

    @api.model
    def _prepare_told(self, users):
        """Return who is told of a step: values for each, or that it is nobody."""
        told = [{"state": "told", "user_id": user.id} for user in users]
        return told or [{"state": "nobody"}]

    @api.model
    def _prepare_row(self, row, step, moment, now):
        return {
            "clock_id": row["id"],
            "complaint_id": row["complaint_id"],
            "company_id": row["company_id"],
            "step_id": step.id,
            "level": step.level,
            "deadline_at": row["deadline_at"],
            "due_at": moment,
            "told_at": now,
        }

    @api.model
    def _insert(self, rows):
        """Write these down; return those that nobody had written before."""
        if not rows:
            return self.browse()
        found = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_complaint_escalation
                       (%(names)s, create_uid, create_date, write_uid, write_date)
                SELECT %(names)s, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM jsonb_populate_recordset(
                       NULL::crm_complaint_escalation, %(rows)s::jsonb)
                    ON CONFLICT DO NOTHING
             RETURNING id
                """,
                names=SQL(", ").join(map(SQL.identifier, COLUMNS)),
                uid=self.env.uid,
                now=fields.Datetime.now(),
                rows=json.dumps(rows, default=str),
            )
        )
        for model in ("crm.complaint", "crm.complaint.clock"):
            self.env[model].invalidate_model(["escalation_ids"])
        return self.browse(number for (number,) in found)

    @api.model
    def _trigger_next(self):
        """Have the job started at the next minute at which a step is due."""
        self.env["crm.complaint.clock"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT min(escalate_at) FROM crm_complaint_clock
                 WHERE result = 'running' AND escalate_at IS NOT NULL
                """
            )
        )
        self._trigger_at(rows[0][0])

    @api.model
    def _trigger_at(self, moment):
        """Have the job started at the minute of this moment, once."""
        if not moment:
            return
        # Superuser: whoever starts a clock has it watched. Odoo starts a job whose
        # minute has passed: round up, or else nothing would be due yet.
        job = self.env.ref(JOB).sudo()
        at = max(moment, fields.Datetime.now())
        at = (at + ROUND_UP).replace(second=0, microsecond=0)
        triggers = self.env["ir.cron.trigger"].sudo()
        if not triggers.search_count(
            [("cron_id", "=", job.id), ("call_at", "=", at)], limit=1
        ):
            job._trigger(at=at)
