from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .crm_complaint_crisis_plan import LEVELS

# What a plan says of who leads a crisis, and how.
BY_PLAN = ("level", "leader_id", "spokesman_id", "report_minutes")


class CrmComplaintCrisis(models.Model):
    """Complaints that threaten more than themselves: somebody leads, one speaks,
    reports come by the hour until it is over.

    While it is open its complaints are escalated also outside working hours.
    """

    _name = "crm.complaint.crisis"
    _description = "Crisis"
    _inherit = [
        "crm.step.mixin",
        "crm.colleague.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "state desc, level, opened_at desc, id desc"
    _decided = (
        *("state", "opened_at", "opened_by_id", "ended_at", "ended_by_id"),
        *("next_report_at", "lessons"),
    )

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    plan_id = fields.Many2one(
        comodel_name="crm.complaint.crisis.plan",
        string="Emergency Plan",
        index="btree_not_null",
        ondelete="set null",
        domain="[('company_id', 'in', (company_id, False))]",
        help="Fills people, tasks and exit criteria when the crisis is declared.",
    )
    level = fields.Selection(
        selection=LEVELS,
        required=True,
        compute="_compute_by_plan",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="IV is the lowest: one branch can deal with it. I is the highest: the "
        "public watches.",
    )
    leader_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        index=True,
        compute="_compute_by_plan",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        domain="[('share', '=', False)]",
        help="Decides, and reports as often as said.",
    )
    spokesman_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        index=True,
        compute="_compute_by_plan",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        domain="[('share', '=', False)]",
        help="The only one who speaks to the outside. Nothing is said that the "
        "spokesman has not approved.",
    )
    report_minutes = fields.Integer(
        string="Report Every (Minutes)",
        compute="_compute_by_plan",
        store=True,
        readonly=False,
        precompute=True,
    )
    state = fields.Selection(
        selection=[("open", "Open"), ("ended", "Ended")],
        string="Status",
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
        tracking=True,
    )
    situation = fields.Text(help="What is known, what is not, who is concerned.")
    links = fields.Text(
        string="Where It Is Talked About",
        help="Addresses of posts, articles and videos, one a line.",
    )
    complaint_ids = fields.One2many(
        comodel_name="crm.complaint", inverse_name="crisis_id", string="Complaints"
    )
    complaint_count = fields.Integer(
        string="Number of Complaints", compute="_compute_complaint_count"
    )
    item_ids = fields.One2many(
        comodel_name="crm.complaint.crisis.item",
        inverse_name="crisis_id",
        string="Tasks and Exit Criteria",
    )
    task_ids = fields.One2many(
        comodel_name="crm.complaint.crisis.item",
        inverse_name="crisis_id",
        string="Tasks",
        domain=[("kind", "=", "task")],
    )
    criterion_ids = fields.One2many(
        comodel_name="crm.complaint.crisis.item",
        inverse_name="crisis_id",
        string="Exit Criteria",
        domain=[("kind", "=", "criterion")],
    )
    statement_ids = fields.One2many(
        comodel_name="crm.complaint.crisis.statement",
        inverse_name="crisis_id",
        string="Statements",
    )
    report_ids = fields.One2many(
        comodel_name="crm.complaint.crisis.report",
        inverse_name="crisis_id",
        string="Reports",
        readonly=True,
    )
    opened_at = fields.Datetime(
        string="Declared On",
        required=True,
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
    )
    opened_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Declared By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        default=lambda self: self.env.user,
    )
    next_report_at = fields.Datetime(
        string="Next Report",
        readonly=True,
        copy=False,
        help="The leader reports until then what is known and done.",
    )
    is_report_late = fields.Boolean(compute="_compute_is_report_late")
    ended_at = fields.Datetime(string="Ended On", readonly=True, copy=False)
    ended_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    lessons = fields.Text(
        string="Lessons Learned",
        readonly=True,
        copy=False,
        help="What will be done otherwise next time.",
    )

    _report_minutes_positive = models.Constraint(
        "CHECK(report_minutes BETWEEN 5 AND 10080)",
        "A report is due every 5 minutes to every week.",
    )
    _report_idx = models.Index("(next_report_at) WHERE state = 'open'")

    @api.depends("plan_id")
    def _compute_by_plan(self):
        """Take what the plan says; what was chosen before the plan stays where the plan
        is silent."""
        for crisis in self:
            # Superuser: whoever declares a crisis follows the plan of the company.
            plan = crisis.sudo().plan_id
            for name in BY_PLAN:
                crisis[name] = plan[name] or crisis[name]
            crisis.level = crisis.level or "3"
            crisis.leader_id = crisis.leader_id or self.env.user
            crisis.spokesman_id = crisis.spokesman_id or crisis.leader_id
            crisis.report_minutes = crisis.report_minutes or 60

    def _compute_complaint_count(self):
        counts = dict(
            self.env["crm.complaint"]._read_group(
                [("crisis_id", "in", self.ids)], ["crisis_id"], ["__count"]
            )
        )
        for crisis in self:
            crisis.complaint_count = counts.get(crisis, 0)

    @api.depends("next_report_at", "state")
    def _compute_is_report_late(self):
        now = fields.Datetime.now()
        for crisis in self:
            waits = crisis.state == "open" and crisis.next_report_at
            late = crisis.report_ids.filtered(lambda report: not report.reported_at)
            crisis.is_report_late = bool(late) or bool(waits and waits < now)

    @api.constrains("plan_id", "company_id")
    def _check_plan_id(self):
        for crisis in self:
            # Superuser: the company of a plan is no secret.
            if crisis.sudo().plan_id.company_id - crisis.company_id:
                raise ValidationError(
                    self.env._("Choose an emergency plan of the same company.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        # Declared now by who declares it, whatever a client proposes.
        now = fields.Datetime.now()
        crises = super().create(vals_list)
        # Superuser: what follows from declaring it is typed by nobody.
        for crisis in crises.sudo():
            wait = timedelta(minutes=crisis.report_minutes)
            opened = crisis.opened_at or now
            crisis.write(
                {
                    "opened_at": opened,
                    "opened_by_id": crisis.opened_by_id.id or self.env.uid,
                    "next_report_at": max(opened, now) + wait,
                }
            )
            crisis._fill_by_plan()
        crises._plan_reminders()
        crises._tell_people(is_new=True)
        return crises

    def write(self, vals):
        if not self.env.su:
            self._check_may_change(vals)
        result = super().write(vals)
        if {"leader_id", "spokesman_id", "level"} & set(vals):
            self._tell_people()
        return result

    def _check_may_change(self, vals):
        if any(crisis.state == "ended" for crisis in self):
            raise UserError(self.env._("This crisis has ended: its file stays."))
        companies = [] if "company_id" not in vals else self.company_id.ids
        if any(number != vals["company_id"] for number in companies):
            raise UserError(
                self.env._("A crisis stays in the company where it was declared.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_declared(self):
        if not self.env.su:
            raise UserError(self.env._("A crisis is not deleted. End it."))

    def _fill_by_plan(self):
        """Take over the tasks and criteria of the plan, as superuser."""
        lines = self.plan_id.line_ids
        self.env["crm.complaint.crisis.item"].create(
            [
                {
                    "crisis_id": self.id,
                    "kind": line.kind,
                    "sequence": line.sequence,
                    "name": line.name,
                    "user_id": line.user_id.id or self.leader_id.id,
                    "due_at": line.minutes
                    and self.opened_at + timedelta(minutes=line.minutes),
                }
                for line in lines
            ]
        )

    def _tell_people(self, is_new=False):
        """Tell leader and spokesman what they are, each in the own language."""
        # Superuser: addresses of colleagues.
        for crisis in self.sudo():
            people = (crisis.leader_id | crisis.spokesman_id) - self.env.user
            for person in people:
                room = crisis.with_context(lang=person.lang)
                room.message_notify(
                    partner_ids=person.partner_id.ids,
                    subject=crisis.name,
                    body=room.env._(
                        "%(subject)s Leader: %(leader)s, spokesman: %(spokesman)s.",
                        subject=room._tell_what_happened(is_new),
                        leader=crisis.leader_id.name,
                        spokesman=crisis.spokesman_id.name,
                    ),
                )

    def _tell_what_happened(self, is_new):
        if is_new:
            return self.env._("A crisis was declared.")
        return self.env._("A crisis has another level or other people.")
