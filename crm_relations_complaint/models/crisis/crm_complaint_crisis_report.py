from odoo import api, fields, models


class CrmComplaintCrisisReport(models.Model):
    """A report of the hour that was due in a crisis: what is known, what is done. One
    that did not come stays in the log as missing."""

    _name = "crm.complaint.crisis.report"
    _description = "Crisis Report"
    _order = "crisis_id, due_at desc, id desc"
    _rec_name = "due_at"

    crisis_id = fields.Many2one(
        comodel_name="crm.complaint.crisis",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    due_at = fields.Datetime(string="Due", required=True, readonly=True)
    reported_at = fields.Datetime(string="Reported", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", string="By", readonly=True, index="btree_not_null"
    )
    body = fields.Text(string="Report", readonly=True)
    standing = fields.Selection(
        selection=[
            ("on_time", "In Time"),
            ("late", "Late"),
            ("missing", "Missing"),
        ],
        compute="_compute_standing",
    )

    _due_uniq = models.UniqueIndex("(crisis_id, due_at)")

    @api.depends("due_at", "reported_at")
    def _compute_standing(self):
        for report in self:
            if not report.reported_at:
                report.standing = "missing"
            else:
                late = report.reported_at > report.due_at
                report.standing = "late" if late else "on_time"
