from odoo import fields, models
from odoo.tools import SQL

from ...models.register.crm_complaint import CHANNELS, SEVERITIES

RESULTS = [
    ("met", "Met"),
    ("late", "Late"),
    ("overdue", "Run out, still open"),
    ("running", "Running"),
    ("paused", "Standing still"),
    ("cancelled", "Cancelled"),
]
JUDGED = ("met", "late", "overdue")


class CrmComplaintClockReport(models.Model):
    """Clocks of complaints, a line each: met or late, by how much, whose.

    A clock that has run out is late from that minute on, whoever has noticed.
    """

    _name = "crm.complaint.clock.report"
    _description = "Figures of clocks"
    _auto = False
    _order = "started_at desc, id desc"
    _rec_name = "complaint_id"
    _depends = {
        "crm.complaint": [
            *["partner_id", "category_id", "severity", "channel"],
        ],
        "crm.complaint.clock": [
            *["complaint_id", "company_id", "kind_id", "policy_id", "user_id"],
            *["round", "result", "started_at", "deadline_at", "stopped_at"],
            *["minutes_used", "minutes_over"],
        ],
    }

    complaint_id = fields.Many2one(
        comodel_name="crm.complaint",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    kind_id = fields.Many2one(
        comodel_name="crm.complaint.clock.kind", string="Clock", readonly=True
    )
    policy_id = fields.Many2one(comodel_name="crm.complaint.policy", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Whose", readonly=True)
    category_id = fields.Many2one(comodel_name="crm.complaint.category", readonly=True)
    severity = fields.Selection(selection=SEVERITIES, readonly=True)
    channel = fields.Selection(selection=CHANNELS, string="Came By", readonly=True)
    round = fields.Integer(readonly=True, aggregator=None)
    result = fields.Selection(selection=RESULTS, readonly=True)
    started_at = fields.Datetime(string="Started", readonly=True)
    deadline_at = fields.Datetime(string="Deadline", readonly=True)
    stopped_at = fields.Datetime(string="Stopped", readonly=True)
    judged_at = fields.Datetime(
        string="Judged",
        readonly=True,
        help="When it was stopped, or has run out.",
    )
    clock_count = fields.Integer(string="Clocks", readonly=True)
    judged_count = fields.Integer(
        string="Judged Clocks",
        readonly=True,
        help="Met, late, or run out: what the share in time is of.",
    )
    late_count = fields.Integer(
        string="Late Clocks", readonly=True, help="Those run out among them."
    )
    on_time_rate = fields.Float(
        string="In Time (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of the clocks that were met, were late or have run out: those met.",
    )
    minutes_used = fields.Float(
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Working minutes from start to stop, without pauses.",
    )
    minutes_over = fields.Float(
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Working minutes after the deadline, of the late ones.",
    )

    @property
    def _table_query(self):
        now = fields.Datetime.now()
        return SQL(
            """
            SELECT clock.id, clock.complaint_id, clock.company_id,
                   complaint.partner_id, clock.kind_id, clock.policy_id,
                   clock.user_id, complaint.category_id, complaint.severity,
                   complaint.channel, clock.round, judged.result, clock.started_at,
                   clock.deadline_at, clock.stopped_at, 1 AS clock_count,
                   CASE WHEN judged.result = 'overdue' THEN clock.deadline_at
                        WHEN judged.result IN ('met', 'late') THEN clock.stopped_at
                        END AS judged_at,
                   (judged.result IN %(judged)s)::int AS judged_count,
                   (judged.result IN ('late', 'overdue'))::int AS late_count,
                   CASE WHEN judged.result IN %(judged)s
                        THEN 100.0 * (judged.result = 'met')::int END AS on_time_rate,
                   clock.minutes_used,
                   CASE WHEN judged.result = 'late' THEN clock.minutes_over END
                   AS minutes_over
              FROM crm_complaint_clock AS clock
              JOIN crm_complaint AS complaint ON complaint.id = clock.complaint_id
        CROSS JOIN LATERAL (
                   SELECT CASE WHEN clock.result = 'running'
                                AND clock.deadline_at < %(now)s
                               THEN 'overdue' ELSE clock.result END AS result
                   ) AS judged
            """,
            judged=JUDGED,
            now=now,
        )

    def action_open_complaint(self):
        """Open the complaint that this clock belongs to."""
        self.ensure_one()
        return self.complaint_id._open_form()
