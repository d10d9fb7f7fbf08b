from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .crm_complaint_policy_line import UNITS

RESULTS = [
    ("running", "Running"),
    ("paused", "Paused"),
    ("met", "Met"),
    ("late", "Late"),
    ("cancelled", "Cancelled"),
]
OPEN = ("running", "paused")


class CrmComplaintClock(models.Model):
    """One measured time of one complaint, and what became of it.

    The result is written in the transaction of the event that stops the clock, and
    never again: no job is needed for the truth. What ends without its event (closed,
    withdrawn, merged) is late if its deadline had passed, else cancelled, never met.
    Written by the rooms alone; people read.
    """

    _name = "crm.complaint.clock"
    _description = "Clock of a complaint"
    _order = "started_at desc, id desc"
    _rec_name = "kind_id"

    complaint_id = fields.Many2one(
        comodel_name="crm.complaint",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    kind_id = fields.Many2one(
        comodel_name="crm.complaint.clock.kind",
        string="Clock",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    promise = fields.Char(readonly=True, help="What the customer was promised.")
    policy_id = fields.Many2one(
        comodel_name="crm.complaint.policy",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The policy by which it runs.",
    )
    line_id = fields.Many2one(
        comodel_name="crm.complaint.policy.line",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        export_string_translation=False,
    )
    calendar_id = fields.Many2one(
        comodel_name="resource.calendar",
        string="Working Hours",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Whose",
        readonly=True,
        index="btree_not_null",
        help="Who is answerable now; of a clock that has stopped, who was then.",
    )
    round = fields.Integer(readonly=True, aggregator=None)
    started_at = fields.Datetime(string="Started", required=True, readonly=True)
    target = fields.Integer(readonly=True, aggregator=None)
    unit = fields.Selection(selection=UNITS, readonly=True)
    from_opening = fields.Boolean(
        string="From the Opening",
        readonly=True,
        help="What started after hours is counted from when work began next.",
    )
    due_at = fields.Datetime(
        string="Promised For",
        readonly=True,
        help="Of a promise: the moment that was promised, whatever the calendar.",
    )
    deadline_at = fields.Datetime(
        string="Deadline",
        readonly=True,
        help="Follows the calendar and the severity as long as the clock runs. Empty "
        "while it stands still: nobody knows when it will go on.",
    )
    pauses = fields.Json(readonly=True, export_string_translation=False)
    paused_at = fields.Datetime(string="Standing Still Since", readonly=True)
    result = fields.Selection(
        selection=RESULTS, required=True, readonly=True, default="running"
    )
    is_overdue = fields.Boolean(
        string="Overdue",
        compute="_compute_is_overdue",
        search="_search_is_overdue",
        help="It runs, and its deadline has passed.",
    )
    stopped_at = fields.Datetime(string="Stopped", readonly=True)
    stop_event = fields.Selection(
        selection=lambda self: self.env["crm.complaint.clock.kind"]._selection_event(),
        string="Stopped By Event",
        readonly=True,
    )
    stopped_by_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        index="btree_not_null",
        help="Empty: the customer, or it runs.",
    )
    minutes_used = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Working minutes from start to stop, without pauses.",
    )
    minutes_over = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Working minutes after the deadline; below zero: before it.",
    )
    may_keep = fields.Boolean(compute="_compute_may_keep")
    is_outdated = fields.Boolean(readonly=True, export_string_translation=False)

    # Of one kind one at a time; a promise may stand beside another.
    _kind_uniq = models.UniqueIndex(
        "(complaint_id, kind_id)"
        " WHERE result IN ('running', 'paused') AND due_at IS NULL",
        "This clock runs already.",
    )
    # What is due next, of all, of a company and of a person.
    _due_idx = models.Index("(deadline_at, id) WHERE result = 'running'")
    _person_idx = models.Index("(user_id, deadline_at) WHERE result = 'running'")
    _calendar_idx = models.Index("(calendar_id) WHERE result IN ('running', 'paused')")
    _outdated_idx = models.Index("(id) WHERE is_outdated")
    _stopped_idx = models.Index("(company_id, stopped_at) WHERE stopped_at IS NOT NULL")

    @api.depends("result", "deadline_at")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for clock in self:
            runs = clock.result == "running" and clock.deadline_at
            clock.is_overdue = runs and clock.deadline_at < now

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("result", "=", "running") & Domain("deadline_at", "<", "now")

    @api.depends("result", "due_at", "complaint_id.user_id")
    @api.depends_context("uid")
    def _compute_may_keep(self):
        workable = self.complaint_id._filter_workable()
        for clock in self:
            is_open = clock.due_at and clock.result == "running"
            clock.may_keep = is_open and clock.complaint_id in workable

    @api.depends("kind_id", "promise")
    def _compute_display_name(self):
        for clock in self:
            # Superuser: the name of a kind, to who may read the clock.
            clock.display_name = clock.promise or clock.sudo().kind_id.name

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("What a clock shows is not written by hand."))
        return super().write(vals)

    def action_open_complaint(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.complaint",
            "res_id": self.complaint_id.id,
            "view_mode": "form",
        }

    def action_keep(self):
        """Write down that this promise was kept."""
        self.ensure_one()
        complaint = self.complaint_id
        return complaint._show_answers(complaint.keep_promise(self.id))
