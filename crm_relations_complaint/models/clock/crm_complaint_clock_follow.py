from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.crm_relations.tools.batches import BATCH
from odoo.addons.crm_relations.tools.retries import retry

JOB = "crm_relations_complaint.ir_cron_clock_deadlines"


class CrmComplaintClock(models.Model):
    """What runs follows the calendar, and the severity and category of its complaint;
    what has stopped keeps what it had."""

    _inherit = "crm.complaint.clock"

    @api.model
    def _change_calendar(self, condition):
        """Have what runs under this condition count by the calendar of its policy or
        company, which is another one now."""
        self.flush_model()
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_complaint_clock SET calendar_id = NULL
                 WHERE result IN ('running', 'paused') AND %s RETURNING id
                """,
                condition,
            )
        )
        self.invalidate_model(["calendar_id"])
        self._mark_outdated(condition)

    @api.model
    def _mark_outdated(self, condition):
        """Have the deadlines of those that run under this condition planned anew: a
        batch of them at once, the rest by the job."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_complaint_clock SET is_outdated = TRUE
                 WHERE result IN ('running', 'paused') AND NOT is_outdated
                   AND %s
             RETURNING id
                """,
                condition,
            )
        )
        self.invalidate_model(["is_outdated"])
        if rows:
            self._plan_outdated()
        if len(rows) > BATCH:
            # Superuser: whoever changes a calendar.
            self.env.ref(JOB).sudo()._trigger()

    @api.model
    def _plan_outdated(self, limit=BATCH):
        """Plan at most so many anew; return how many."""
        rows = self._take_rows(SQL("is_outdated ORDER BY id"), limit)
        if not rows:
            return 0
        self._give_calendars(rows)
        self._plan_rows(rows)
        self._update_rows(rows)
        # Superuser: what follows from a calendar, whoever changes it.
        complaints = self.env["crm.complaint"].sudo()
        complaints.browse({row["complaint_id"] for row in rows})._refresh_next_clock()
        return len(rows)

    @api.model
    def _give_calendars(self, rows):
        """Whose calendar was deleted counts by that of the policy or company."""
        for row in rows:
            if not row["calendar_id"]:
                clock = self.sudo().browse(row["id"])  # as above
                calendar = clock.policy_id.calendar_id
                calendar = calendar or clock.complaint_id._get_clock_calendar()
                row["calendar_id"] = calendar.id or None

    @api.model
    def _cron_plan(self):
        """Plan what a change of a calendar has left, batch by batch."""
        while done := retry(self.env, self._plan_outdated):
            if not self.env["ir.cron"]._commit_progress(done):
                break

    @api.model
    def _rematch(self, complaints, at=None):
        """Give these complaints the clocks that their severity and category ask for.

        What has passed its deadline keeps it: nobody is in time by calling a complaint
        harmless afterwards. What no policy asks for any more ends, cancelled.
        """
        at = at or fields.Datetime.now()
        complaints = complaints.filtered("is_open")
        if not complaints:
            return
        lines = self.env["crm.complaint.policy"]._get_lines(complaints)
        rows = [
            row
            for row in self._read_open_rows(complaints)
            if not row["due_at"]
            and not (row["deadline_at"] and row["deadline_at"] < at)
        ]
        changed, gone = self._match_rows(rows, complaints, lines)
        self._plan_rows(changed)
        self._cancel_rows(gone, at)
        self._update_rows(changed + gone)
        self._start_missed(complaints, lines)
        complaints._refresh_next_clock()

    @api.model
    def _match_rows(self, rows, complaints, lines):
        """Let these rows follow the lines of the policies; return those that have
        another one now, and those that no policy asks for any more."""
        kinds, changed, gone = self._get_kinds(), [], []
        for row in rows:
            complaint = complaints.browse(row["complaint_id"])
            line = lines[complaint].get(kinds[row["kind_id"]])
            if not line:
                gone.append(row)
            elif row["line_id"] != line.id:
                row |= line._prepare_clock(complaint)
                changed.append(row)
        return changed, gone

    @api.model
    def _start_missed(self, complaints, lines):
        """Start what a policy asks for now, as of the event that would have started
        it, unless what stops it has happened since."""
        kinds = list(self._get_kinds().values())
        known = self._get_done(complaints, kinds)
        wanted = [
            (complaint, kind)
            for complaint in complaints
            for kind in lines[complaint]
            if (complaint.id, kind.id) not in known
        ]
        if not wanted:
            return
        events = self._get_events(complaints)
        rows = []
        for complaint, kind in wanted:
            happened = events.get(complaint.id, [])
            if at := _get_start(kind, happened):
                line = lines[complaint][kind]
                row = self._prepare_started(complaint, kind, line, at)
                row["pauses"] = _get_pauses(kind, happened, at)
                if row["pauses"] and row["pauses"][-1][1] is None:
                    row |= {"result": "paused", "paused_at": row["pauses"][-1][0]}
                rows.append(row)
        self._plan_rows(rows)
        self._insert_rows(rows)

    @api.model
    def _get_events(self, complaints):
        """Return ``{complaint id: [(event, at)]}`` of this round, in their order."""
        found = {}
        for number, event, at in self.env.execute_query(
            SQL(
                """
                SELECT event.complaint_id, event.kind, event.at
                  FROM crm_complaint_event AS event
                  JOIN crm_complaint AS complaint
                    ON complaint.id = event.complaint_id
                   AND complaint.round = event.round
                 WHERE event.complaint_id = ANY(%s)
              ORDER BY event.at, event.id
                """,
                list(complaints.ids),
            )
        ):
            found.setdefault(number, []).append((event, at.replace(microsecond=0)))
        return found


def _get_start(kind, happened):
    """Return since when a clock of this kind would run; None if it would not."""
    start = None
    for event, at in happened:
        if start is None:
            start = at if kind._starts_by(event) else None
            continue
        is_over = kind._stops_by(event) or event == kind.cancel_event
        if is_over and not kind.each_time:
            return None
        start = None if is_over else start
    return start


def _get_pauses(kind, happened, since):
    """Return the pauses that a clock of this kind would have had."""
    pauses, is_paused = [], False
    for event, at in happened:
        if event == kind.pause_event and not is_paused:
            pauses.append([at, None])
            is_paused = True
        elif is_paused and kind._goes_on_by(event):
            pauses[-1][1] = at
            is_paused = False
    return [
        [max(begin, since), end] for begin, end in pauses if end is None or end > since
    ]
