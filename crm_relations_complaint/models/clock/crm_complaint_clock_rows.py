import json
from datetime import datetime

from odoo import api, fields, models
from odoo.tools import SQL

from .crm_complaint_clock import OPEN

NUMBER, MOMENT, TEXT, FIGURE = "int", "timestamp", "text", "float8"
# What is written once, and what changes while a clock runs; how PostgreSQL reads it.
FIXED = {
    "complaint_id": NUMBER,
    "company_id": NUMBER,
    "kind_id": NUMBER,
    "round": NUMBER,
    "started_at": MOMENT,
    "promise": TEXT,
    "due_at": MOMENT,
}
CHANGING = {
    "policy_id": NUMBER,
    "line_id": NUMBER,
    "calendar_id": NUMBER,
    "user_id": NUMBER,
    "target": NUMBER,
    "unit": TEXT,
    "from_opening": "boolean",
    "deadline_at": MOMENT,
    "pauses": "jsonb",
    "paused_at": MOMENT,
    "result": TEXT,
    "stopped_at": MOMENT,
    "stop_event": TEXT,
    "stopped_by_id": NUMBER,
    "minutes_used": FIGURE,
    "minutes_over": FIGURE,
    "is_outdated": "boolean",
}


class CrmComplaintClock(models.Model):
    """Clocks as rows: read, changed in Python, written by one statement however many
    they are. A clock that has stopped is never written again."""

    _inherit = "crm.complaint.clock"

    @api.model
    def _get_changing(self):
        """Hook: return ``{column: type}`` of what changes while a clock runs."""
        return CHANGING

    @api.model
    def _read_open_rows(self, complaints):
        """Return the rows of the clocks of these complaints that have not stopped."""
        return self._read_rows(
            SQL(
                "complaint_id = ANY(%s) AND result = ANY(%s)",
                list(complaints.ids),
                list(OPEN),
            )
        )

    @api.model
    def _read_rows(self, condition):
        self.flush_model()
        names = ["id", *FIXED, *self._get_changing()]
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT %s FROM crm_complaint_clock WHERE %s ORDER BY id",
                SQL(", ").join(map(SQL.identifier, names)),
                condition,
            )
        )
        for row in rows:
            row["pauses"] = _parse_pauses(row["pauses"])
        return rows

    @api.model
    def _take_rows(self, condition, limit):
        """Return at most so many rows, locked; those that another worker has are
        left out."""
        self.flush_model()
        found = self.env.execute_query(
            SQL(
                """
                SELECT id FROM crm_complaint_clock WHERE %s
                 LIMIT %s FOR UPDATE SKIP LOCKED
                """,
                condition,
                limit,
            )
        )
        ids = [number for (number,) in found]
        return self._read_rows(SQL("id = ANY(%s)", ids)) if ids else []

    @api.model
    def _prepare_row(self, complaint, kind, at):
        """Return a new row; to be planned and inserted."""
        row = dict.fromkeys((*FIXED, *self._get_changing()))
        return row | {
            "complaint_id": complaint.id,
            "company_id": complaint.company_id.id,
            "kind_id": kind.id,
            "round": complaint.round,
            "started_at": at,
            "user_id": complaint._get_clock_user(kind).id or None,
            "pauses": [],
            "result": "running",
            "is_outdated": False,
        }

    @api.model
    def _insert_rows(self, rows):
        """Write new clocks; one that runs already is left as it is. Return the new
        ones."""
        if not rows:
            return self.browse()
        columns = FIXED | self._get_changing()
        names = SQL(", ").join(map(SQL.identifier, columns))
        found = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_complaint_clock
                       (%(names)s, create_uid, create_date, write_uid, write_date)
                SELECT %(names)s, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (%(kinds)s)
                    ON CONFLICT DO NOTHING
             RETURNING id
                """,
                names=names,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                rows=_dump(rows),
                kinds=_get_kinds(columns),
            )
        )
        self._forget()
        return self.browse(number for (number,) in found)

    @api.model
    def _update_rows(self, rows):
        """Write what has changed of these clocks, those that have not stopped."""
        if not rows:
            return
        columns = self._get_changing()
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_complaint_clock AS clock
                   SET %(changes)s, write_uid = %(uid)s, write_date = %(now)s
                  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id int, %(kinds)s)
                 WHERE clock.id = row.id AND clock.result = ANY(%(open)s)
             RETURNING clock.id
                """,
                changes=SQL(", ").join(
                    SQL("%s = row.%s", name, name)
                    for name in map(SQL.identifier, columns)
                ),
                uid=self.env.uid,
                now=fields.Datetime.now(),
                rows=_dump(rows),
                kinds=_get_kinds(columns),
                open=list(OPEN),
            )
        )
        self._forget()

    @api.model
    def _forget(self):
        self.invalidate_model()
        self.env["crm.complaint"].invalidate_model(["clock_ids"])


def _get_kinds(columns):
    return SQL(", ").join(
        SQL("%s %s", SQL.identifier(name), SQL(kind)) for name, kind in columns.items()
    )


def _dump(rows):
    return json.dumps(rows, default=str)


def _parse_pauses(pauses):
    """Return pairs of moments of what is stored as text."""
    return [
        [moment and datetime.fromisoformat(moment) for moment in pause]
        for pause in pauses or ()
    ]
