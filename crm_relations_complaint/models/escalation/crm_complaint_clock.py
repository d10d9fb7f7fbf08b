from collections import defaultdict

from odoo import api, fields, models

from .crm_complaint_escalation_job import GRACE


class CrmComplaintClock(models.Model):
    """When somebody is told next of a clock: planned with its deadline."""

    _inherit = "crm.complaint.clock"

    escalate_at = fields.Datetime(
        string="Escalates Next",
        readonly=True,
        help="When the next person is told; within working hours, unless in a crisis.",
    )
    escalation_ids = fields.One2many(
        comodel_name="crm.complaint.escalation", inverse_name="clock_id", readonly=True
    )

    _escalate_idx = models.Index(
        "(escalate_at, id) WHERE result = 'running' AND escalate_at IS NOT NULL"
    )

    @api.model
    def _get_changing(self):
        return super()._get_changing() | {"escalate_at": "timestamp"}

    @api.model
    def _plan_rows(self, rows):
        result = super()._plan_rows(rows)
        self._plan_steps(rows)
        return result

    @api.model
    def _plan_steps(self, rows, now=None):
        """Set when each of these escalates next.

        :param now: of the job: what it may not tell now waits until work begins
        """
        for row in rows:
            row["escalate_at"] = None
        for row, moments, time in self._get_moments(rows):
            if not moments:
                continue
            first = min(moment for moment, _step in moments)
            if now and first <= now:
                # It was the job's turn, and quiet.
                first = time.get_working_moment(now)
            row["escalate_at"] = first

    @api.model
    def _get_due_steps(self, rows, now):
        """Return ``[(row, step, moment, ClockTime)]`` of what is to be told now."""
        due = []
        for row, moments, time in self._get_moments(rows):
            complaint = self.env["crm.complaint"].browse(row["complaint_id"])
            is_late = now - row["escalate_at"] > GRACE
            if is_late and not complaint._is_crisis():
                if time.get_working_moment(now) > now:
                    continue
            due += [
                (row, step, moment, time) for moment, step in moments if moment <= now
            ]
        return due

    @api.model
    def _get_moments(self, rows):
        """Return ``[(row, [(moment, step)], ClockTime)]`` of what these that run have
        not told yet."""
        running = [
            row for row in rows if row["result"] == "running" and row["deadline_at"]
        ]
        ladders = self._get_ladders(running)
        told = self._get_told_steps(running)
        # Those of all are read at once.
        known = self.env["crm.complaint"].browse(row["complaint_id"] for row in running)
        complaints = {complaint.id: complaint for complaint in known}
        return [
            (
                row,
                self._get_moments_of(
                    row,
                    complaints[row["complaint_id"]],
                    ladders[row["policy_id"]],
                    told.get(row.get("id"), {}),
                    time,
                ),
                time,
            )
            for row, time in self._get_timed(running)
        ]

    @api.model
    def _get_ladders(self, rows):
        """Return ``{policy id: its steps}``."""
        # Superuser: who is told by which policy.
        policies = self.env["crm.complaint.policy"].sudo()
        return {
            number: policies.browse(number)._get_steps()
            if number
            else self.env["crm.complaint.escalation.step"]
            for number in {row["policy_id"] for row in rows}
        }

    @api.model
    def _get_moments_of(self, row, complaint, ladder, told, time):
        """Return ``[(moment, step)]`` of what a clock has not told of its deadline.

        :param told: ``{step id: (deadline, moment, whether somebody was told)}``
        """
        steps = ladder.filtered(lambda step: step._is_for(row["kind_id"]))
        told = {
            number: one for number, one in told.items() if one[0] >= row["deadline_at"]
        }
        is_crisis = complaint._is_crisis()
        moments = []
        for step in steps:
            if step.id in told:
                continue
            moment = step._get_moment(row, steps, told, time)
            if moment and not is_crisis:
                moment = time.get_quiet_moment(moment)
            if moment:
                moments.append((moment, step))
        return moments

    @api.model
    def _get_told_steps(self, rows):
        """Return ``{clock id: {step id: (the latest deadline of which it told, when,
        whether there was somebody to tell)}}``."""
        ids = [row["id"] for row in rows if row.get("id")]
        if not ids:
            return {}
        groups = (
            self.env["crm.complaint.escalation"]
            .sudo()
            ._read_group(
                [("clock_id", "in", ids), ("deadline_at", "!=", False)],
                ["clock_id", "step_id", "state"],
                ["deadline_at:max", "told_at:max"],
            )
        )  # superuser: as above
        told = defaultdict(dict)
        for clock, step, state, deadline, at in groups:
            one = (deadline, at, state == "told")
            told[clock.id][step.id] = max(one, told[clock.id].get(step.id, one))
        return told

    @api.model
    def _end_row(self, row, time, at, result):
        ended = super()._end_row(row, time, at, result)
        row["escalate_at"] = None
        return ended

    @api.model
    def _insert_rows(self, rows):
        made = super()._insert_rows(rows)
        self._watch(rows)
        return made

    @api.model
    def _update_rows(self, rows):
        result = super()._update_rows(rows)
        self._watch(rows)
        # Superuser: what was told of them needs nobody any more.
        escalations = self.env["crm.complaint.escalation"].sudo()
        ended = {row["id"]: row["stopped_at"] for row in rows if row["stopped_at"]}
        if ended:
            escalations._close_of(ended)
        deadlines = {
            row["id"]: row["deadline_at"] for row in rows if not row["stopped_at"]
        }
        if deadlines:
            escalations._withdraw_of(deadlines)
        return result

    @api.model
    def _watch(self, rows):
        """Have the job started when the first of these escalates."""
        moments = [row["escalate_at"] for row in rows if row["escalate_at"]]
        self.env["crm.complaint.escalation"]._trigger_at(min(moments, default=None))
