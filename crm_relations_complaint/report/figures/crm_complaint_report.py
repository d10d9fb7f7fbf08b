from odoo import fields, models
from odoo.tools import SQL

from ...models.register.crm_complaint import CHANNELS, OPEN, SEVERITIES, STATES


class CrmComplaintReport(models.Model):
    """Complaints, a line each, with what they took and cost.

    What was merged counts once, where it went. A complaint with several causes stands
    under each of them, and once in their total. Amounts are in the currency of the
    reader's company, at today's rate.
    """

    _name = "crm.complaint.report"
    _description = "Figures of complaints"
    _auto = False
    _order = "registered_at desc, id desc"
    _rec_name = "complaint_id"
    _depends = {
        "crm.complaint": [
            *["name", "company_id", "partner_id", "channel", "category_id"],
            *["product_id", "lot", "severity", "is_safety", "state", "user_id"],
            *["first_asked_id", "registered_at", "closed_at", "round", "is_repeat"],
            "cause_ids",
        ],
        "crm.complaint.category": ["parent_path"],
        "crm.complaint.clock": ["complaint_id", "result", "deadline_at"],
        "crm.complaint.handover": ["complaint_id", "state"],
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
    channel = fields.Selection(selection=CHANNELS, string="Came By", readonly=True)
    category_id = fields.Many2one(comodel_name="crm.complaint.category", readonly=True)
    root_category_id = fields.Many2one(
        comodel_name="crm.complaint.category",
        string="Main Category",
        readonly=True,
        help="The widest term that the category is part of.",
    )
    cause_ids = fields.Many2many(
        comodel_name="crm.complaint.cause",
        relation="crm_complaint_crm_complaint_cause_rel",
        column1="crm_complaint_id",
        column2="crm_complaint_cause_id",
        string="Causes",
        readonly=True,
    )
    product_id = fields.Many2one(comodel_name="product.product", readonly=True)
    lot = fields.Char(string="Lot or Serial Number", readonly=True)
    severity = fields.Selection(selection=SEVERITIES, readonly=True)
    is_safety = fields.Boolean(string="Safety at Stake", readonly=True)
    state = fields.Selection(selection=STATES, string="Status", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", string="Answerable", readonly=True
    )
    first_asked_id = fields.Many2one(comodel_name="res.users", readonly=True)
    registered_at = fields.Datetime(string="Registered On", readonly=True)
    closed_at = fields.Datetime(string="Closed On", readonly=True)
    round = fields.Integer(readonly=True, aggregator="max")
    complaint_count = fields.Integer(string="Complaints", readonly=True)
    open_count = fields.Integer(string="Open", readonly=True)
    late_count = fields.Integer(
        string="Late Now",
        readonly=True,
        help="Open, and a clock has run out.",
    )
    days_open = fields.Float(
        string="Days Until Closed",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="From registration until closing, or until now while it is open.",
    )
    on_time_rate = fields.Float(
        string="All Clocks in Time (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of the complaints with a clock that was met, was late or has run out: "
        "those of which none was late.",
    )
    reopened_count = fields.Integer(string="Reopened", readonly=True)
    repeat_count = fields.Integer(string="Repeated", readonly=True)
    repeat_rate = fields.Float(
        string="Repeated (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of all complaints: those of a customer who had complained of the same "
        "before.",
    )
    handover_count = fields.Integer(
        string="Hand-overs",
        readonly=True,
        help="Those that were accepted.",
    )

    @property
    def _table_query(self):
        columns = SQL(", ").join(
            SQL("%s AS %s", value, SQL.identifier(name))
            for name, value in self._get_columns().items()
        )
        return SQL("SELECT %s %s", columns, self._get_source())

    def _get_source(self):
        partners = self.env["res.partner"]
        return SQL(
            """
              FROM crm_complaint AS complaint
              JOIN %(companies)s ON company.id = complaint.company_id
              JOIN %(mine)s ON mine.id = %(reader)s
         LEFT JOIN crm_complaint_category AS category
                ON category.id = complaint.category_id
             WHERE complaint.state <> 'merged'
            """,
            companies=partners._get_companies_sql("company"),
            mine=partners._get_companies_sql("mine"),
            reader=self.env.company.id,
        )

    def _get_columns(self):
        plain = (
            *("company_id", "partner_id", "channel", "category_id", "product_id"),
            *("lot", "severity", "is_safety", "state", "user_id", "first_asked_id"),
            *("registered_at", "closed_at", "round"),
        )
        return {
            "id": SQL("complaint.id"),
            "complaint_id": SQL("complaint.id"),
            **{name: SQL.identifier("complaint", name) for name in plain},
            "root_category_id": SQL("split_part(category.parent_path, '/', 1)::int"),
            **self._get_counts(),
            # Each looked up in the index of its table, and only where it is asked for.
            "late_count": self._get_late_sql(),
            "on_time_rate": self._get_on_time_sql(),
            "handover_count": self._get_handovers_sql(),
        }

    def _get_counts(self):
        return {
            "complaint_count": SQL("1"),
            "open_count": SQL("(complaint.state IN %s)::int", OPEN),
            "reopened_count": SQL("(complaint.round > 1)::int"),
            "repeat_count": SQL("COALESCE(complaint.is_repeat, FALSE)::int"),
            "repeat_rate": SQL("100.0 * COALESCE(complaint.is_repeat, FALSE)::int"),
            "days_open": SQL(
                "CASE WHEN complaint.state IN %s OR complaint.closed_at IS NOT NULL"
                " THEN EXTRACT(EPOCH FROM COALESCE(complaint.closed_at, %s)"
                " - complaint.registered_at) / 86400.0 END",
                OPEN,
                fields.Datetime.now(),
            ),
        }

    def _get_late_sql(self):
        return SQL(
            """
            (SELECT count(*) FROM (
                SELECT FROM crm_complaint_clock AS clock
                 WHERE clock.complaint_id = complaint.id AND clock.result = 'running'
                   AND clock.deadline_at < %(now)s AND complaint.state IN %(open)s
                 LIMIT 1) AS late)::int
            """,
            now=fields.Datetime.now(),
            open=OPEN,
        )

    def _get_on_time_sql(self):
        return SQL(
            """
            (SELECT 100.0 * bool_and(clock.result = 'met')::int
               FROM crm_complaint_clock AS clock
              WHERE clock.complaint_id = complaint.id
                AND (clock.result IN ('met', 'late')
                     OR clock.result = 'running' AND clock.deadline_at < %s))
            """,
            fields.Datetime.now(),
        )

    def _get_handovers_sql(self):
        return SQL(
            """
            (SELECT count(*) FROM crm_complaint_handover AS handover
              WHERE handover.complaint_id = complaint.id
                AND handover.state = 'accepted')::int
            """
        )

    def action_open_complaint(self):
        """Open the complaint behind this line."""
        self.ensure_one()
        return self.complaint_id._open_form()
