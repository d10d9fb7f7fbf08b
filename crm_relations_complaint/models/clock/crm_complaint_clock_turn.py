from odoo import api, models
from odoo.tools import SQL

# What ends a complaint ends all its clocks.
ENDINGS = ("closed", "withdrawn", "merged")


class CrmComplaintClock(models.Model):
    """What an event does to the clocks of its complaints: those that it stops are
    judged first, then what stands still or goes on, then what starts."""

    _inherit = "crm.complaint.clock"

    @api.model
    def _turn(self, complaints, event, at):
        """Stop, pause, resume and start clocks; the number of statements does not
        depend on how many complaints there are."""
        rows = self._read_open_rows(complaints)
        stopped = self._stop_rows(rows, complaints, event, at)
        left = [row for row in rows if row["result"] in ("running", "paused")]
        changed = self._pause_rows(left, event, at)
        changed += self._pass_on_rows(left, complaints)
        self._update_rows(list({row["id"]: row for row in stopped + changed}.values()))
        self._start(complaints, event, at, left)

    @api.model
    def _get_kinds(self):
        """Return ``{id: kind}`` of all kinds, a dozen."""
        # Superuser: what is measured, whoever does something.
        kinds = self.env["crm.complaint.clock.kind"].sudo()
        return {
            kind.id: kind for kind in kinds.with_context(active_test=False).search([])
        }

    @api.model
    def _stop_rows(self, rows, complaints, event, at):
        kinds = self._get_kinds()
        due = [row for row in rows if kinds[row["kind_id"]]._stops_by(event)]
        if due:
            self._judge_rows(due, at, event, self._get_doers(complaints, event))
        gone = [
            row
            for row in rows
            if row not in due
            and (event in ENDINGS or kinds[row["kind_id"]].cancel_event == event)
        ]
        self._cancel_rows(gone, at, event)
        return due + gone

    @api.model
    def _get_doers(self, complaints, event):
        """Return ``{complaint id: id of who did it}``, None where the customer did."""
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT ON (complaint_id) complaint_id, user_id
                      FROM crm_complaint_event
                     WHERE complaint_id = ANY(%s) AND kind = %s
                  ORDER BY complaint_id, id DESC
                    """,
                    list(complaints.ids),
                    event,
                )
            )
        )

    @api.model
    def _pause_rows(self, rows, event, at):
        """Let clocks stand still or go on; return the rows that have changed."""
        kinds = self._get_kinds()
        changed = []
        for row in rows:
            kind = kinds[row["kind_id"]]
            if row["due_at"]:
                continue
            if row["result"] == "running" and kind.pause_event == event:
                row["pauses"] = [*row["pauses"], [max(at, row["started_at"]), None]]
                row |= {"result": "paused", "paused_at": row["pauses"][-1][0]}
                changed.append(row)
            elif row["result"] == "paused" and kind._goes_on_by(event):
                begin = row["pauses"][-1][0]
                row["pauses"] = [*row["pauses"][:-1], [begin, max(at, begin)]]
                row |= {"result": "running", "paused_at": None}
                changed.append(row)
        self._plan_rows(changed)
        return changed

    @api.model
    def _pass_on_rows(self, rows, complaints):
        """Whose clock it is follows who is answerable; return what has changed."""
        kinds, changed = self._get_kinds(), []
        for row in rows:
            complaint = complaints.browse(row["complaint_id"])
            user = complaint._get_clock_user(kinds[row["kind_id"]])
            if user and user.id != row["user_id"]:
                row["user_id"] = user.id
                changed.append(row)
        return changed

    @api.model
    def _start(self, complaints, event, at, running):
        kinds = self._get_starting(event)
        if not kinds:
            return
        lines = self.env["crm.complaint.policy"]._get_lines(complaints)
        known = {(row["complaint_id"], row["kind_id"]) for row in running}
        known |= self._get_done(complaints, [k for k in kinds if not k.each_time])
        rows = [
            self._prepare_started(complaint, kind, lines[complaint][kind], at)
            for complaint in complaints
            for kind in kinds
            if kind in lines[complaint] and (complaint.id, kind.id) not in known
        ]
        self._hold_back(rows, complaints)
        self._plan_rows(rows)
        self._insert_rows(rows)

    @api.model
    def _get_starting(self, event):
        """Return the kinds of clocks that this event starts; none after an end."""
        kinds = [] if event in ENDINGS else self._get_kinds().values()
        return [kind for kind in kinds if kind._starts_by(event)]

    @api.model
    def _get_done(self, complaints, kinds):
        """Return ``{(complaint id, kind id)}`` of what had its clock in this round; not
        of what fell away without any event, as no policy asked for it for a while."""
        if not kinds:
            return set()
        self.env["crm.complaint"].flush_model(["round"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT clock.complaint_id, clock.kind_id
                  FROM crm_complaint_clock AS clock
                  JOIN crm_complaint AS complaint
                    ON complaint.id = clock.complaint_id
                   AND complaint.round = clock.round
                 WHERE clock.complaint_id = ANY(%s) AND clock.kind_id = ANY(%s)
                   AND NOT (clock.result = 'cancelled' AND clock.stop_event IS NULL)
                """,
                list(complaints.ids),
                [kind.id for kind in kinds],
            )
        )
        return set(rows)

    @api.model
    def _prepare_started(self, complaint, kind, line, at):
        """Return the row of a clock that starts by this line of a policy."""
        return self._prepare_row(complaint, kind, at) | line._prepare_clock(complaint)

    @api.model
    def _hold_back(self, rows, complaints):
        """What starts while its complaint stands still stands still with it."""
        waiting = complaints._get_paused_ids() if rows else ()
        kinds = self._get_kinds() if waiting else {}
        for row in rows:
            waits = row["complaint_id"] in waiting
            if waits and kinds[row["kind_id"]].pause_event == "paused":
                begin = row["started_at"]
                row |= {"pauses": [[begin, None]], "paused_at": begin}
                row["result"] = "paused"
