from odoo import fields, models
from odoo.tools import SQL

from ...models.work_report.crm_work_report_duty import KINDS

STATES = [
    ("on_time", "On Time"),
    ("late", "Handed In Late"),
    ("missing", "Not Handed In"),
    ("open", "Not Due Yet"),
]


class CrmWorkReportResult(models.Model):
    """The reports that were asked for: handed in, late, missing. What they say is not
    told here."""

    _name = "crm.work.report.result"
    _description = "Reports handed in"
    _auto = False
    _order = "due_at desc, id desc"
    _rec_name = "user_id"
    _depends = {
        "crm.work.report": [
            *["user_id", "team_id", "leader_id", "company_id", "kind", "state"],
            *["period_start", "period_end", "due_at", "due_on", "handed_in_at"],
        ],
    }

    user_id = fields.Many2one(comodel_name="res.users", string="Person", readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        readonly=True,
        help="The team of the person in that period.",
    )
    leader_id = fields.Many2one(comodel_name="res.users", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    kind = fields.Selection(selection=KINDS, readonly=True)
    period_start = fields.Date(string="First Day", readonly=True)
    period_end = fields.Date(string="Last Day", readonly=True)
    due_at = fields.Datetime(string="Due By", readonly=True)
    due_on = fields.Date(readonly=True)
    handed_in_at = fields.Datetime(string="Handed In On", readonly=True)
    state = fields.Selection(selection=STATES, string="Status", readonly=True)
    asked_count = fields.Integer(string="Asked For", readonly=True)
    handed_in_count = fields.Integer(string="Handed In", readonly=True)
    late_count = fields.Integer(
        string="Handed In Late",
        readonly=True,
        help="Handed in after the moment at which it was due.",
    )
    missing_count = fields.Integer(
        string="Not Handed In", readonly=True, help="Due, and not handed in until now."
    )
    unread_count = fields.Integer(
        string="Not Read Yet", readonly=True, help="Handed in, and read by nobody yet."
    )
    on_time_rate = fields.Float(
        string="On Time (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of the reports handed in or missing: those handed in by when they were "
        "due.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT line.*, 1 AS asked_count,
                   (handed_in_at IS NOT NULL)::int AS handed_in_count,
                   (line.state = 'late')::int AS late_count,
                   (line.state = 'missing')::int AS missing_count,
                   (condition = 'handed_in')::int AS unread_count,
                   CASE WHEN line.state <> 'open'
                        THEN 100.0 * (line.state = 'on_time')::int END AS on_time_rate
              FROM (SELECT id, user_id, team_id, leader_id, company_id, kind,
                           period_start, period_end, due_at, due_on, handed_in_at,
                           state AS condition,
                           CASE WHEN handed_in_at > due_at THEN 'late'
                                WHEN handed_in_at IS NOT NULL THEN 'on_time'
                                WHEN due_at < %s THEN 'missing'
                                ELSE 'open' END AS state
                      FROM crm_work_report
                     WHERE due_at IS NOT NULL) AS line
            """,
            fields.Datetime.now(),
        )

    def action_open_report(self):
        """Open the report, where it is handed in or the caller's own."""
        self.ensure_one()
        self.check_access("read")
        reports = self.env["crm.work.report"]
        if not reports.search_count([("id", "=", self.id)], limit=1):
            # Nothing has gone wrong: who leads clicks the line to see what is there.
            message = self.env._(
                "This report has not been handed in yet: until then only its author "
                "reads it."
            )
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {"type": "info", "message": message},
            }
        return {
            "type": "ir.actions.act_window",
            "res_model": reports._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
