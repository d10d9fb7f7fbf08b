from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..register.crm_complaint import CHANNELS, SEVERITIES


class CrmComplaintPolicy(models.Model):
    """How long what may take, for which complaints.

    Of each kind of clock, the most specific policy that has it counts: one of the own
    company before one of all, then more conditions, the deeper category, the narrower
    severity, the lower sequence. A clock keeps the policy that it was started by; it
    follows what people find out about the complaint (severity, category, customer), not
    the tier of the customer, which a nightly run moves.
    """

    _name = "crm.complaint.policy"
    _description = "Complaint policy"
    _inherit = ["crm.rule.sentence", "crm.colleague.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        ondelete="restrict",
        index="btree_not_null",
        help="Only complaints of this company. Empty: of all.",
    )
    category_ids = fields.Many2many(
        comodel_name="crm.complaint.category",
        ondelete="restrict",
        context={"active_test": False},
        string="Categories",
        help="Only complaints of these categories and what is part of them.",
    )
    min_severity = fields.Selection(
        selection=SEVERITIES,
        string="Severity From",
        help="Only complaints that are at least so severe.",
    )
    max_severity = fields.Selection(
        selection=SEVERITIES,
        string="Severity To",
        help="Only complaints that are not more severe.",
    )
    tier_ids = fields.Many2many(
        comodel_name="crm.tier",
        ondelete="restrict",
        context={"active_test": False},
        string="Tiers",
        help="Only complaints of customers of these tiers: the tier at the moment a "
        "clock starts. A customer whose tier changes later keeps what he was promised "
        "for what runs.",
    )
    channel = fields.Selection(
        selection=CHANNELS,
        string="Came By",
        help="Only complaints that came this way; terms of the law hold for those "
        "that an authority has passed on.",
    )
    calendar_id = fields.Many2one(
        comodel_name="resource.calendar",
        string="Working Hours",
        index="btree_not_null",
        ondelete="restrict",
        help="By which working time is counted: lunch, holidays and make-up workdays "
        "are those of this calendar. Empty: that of the company of the complaint.",
    )
    from_opening = fields.Boolean(
        string="After Hours Counts as the Next Working Day",
        help="Days and months of what comes in after hours, or on a day off, are "
        "counted as if it had come when work begins next. Off: from the day on which "
        "it came.",
    )
    line_ids = fields.One2many(
        comodel_name="crm.complaint.policy.line",
        inverse_name="policy_id",
        string="Clocks",
        copy=True,
    )
    problem = fields.Char(
        compute="_compute_problem", help="Why clocks of this policy have no deadline."
    )
    complaint_count = fields.Integer(
        string="Open Complaints", compute="_compute_complaint_count"
    )

    _severity_order = models.Constraint(
        "CHECK(min_severity IS NULL OR max_severity IS NULL"
        " OR min_severity <= max_severity)",
        "The lowest severity is above the highest.",
    )

    @api.depends("calendar_id.attendance_ids", "company_id.resource_calendar_id")
    @api.depends_context("lang")
    def _compute_problem(self):
        for policy in self:
            # Superuser: the hours of a calendar are no secret.
            idle = (
                policy.sudo()
                ._get_calendars()
                .filtered(lambda calendar: not any(map(any, calendar._get_weeks())))
            )
            policy.problem = policy._tell_idle(idle) if idle else False

    def _compute_complaint_count(self):
        complaints = self.env["crm.complaint"]
        for policy in self:
            policy.complaint_count = complaints.search_count(
                policy._get_complaint_domain()
            )

    def write(self, vals):
        """What runs counts by the new calendar; other changes are for clocks that
        start from now on."""
        result = super().write(vals)
        if "calendar_id" in vals:
            # Superuser: deadlines follow, whoever changes the policy.
            clocks = self.env["crm.complaint.clock"].sudo()
            clocks._change_calendar(SQL("policy_id = ANY(%s)", list(self.ids)))
        return result

    @api.constrains("calendar_id", "company_id", "active")
    def _check_calendar_id(self):
        """An empty calendar is said where it is chosen, not when a customer calls."""
        for policy in self.filtered("active"):
            if policy.calendar_id and policy.problem:
                raise ValidationError(policy.problem)
            company = policy.calendar_id.company_id
            if company and company != policy.company_id:
                raise ValidationError(
                    self.env._(
                        "The calendar “%(calendar)s” belongs to one company: choose "
                        "this company, or a calendar of all.",
                        calendar=policy.calendar_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # Superuser: also clocks of other companies.
        clocks = self.env["crm.complaint.clock"].sudo()
        if clocks.search_count([("policy_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Clocks have run by this policy and keep it: archive it instead."
                )
            )

    def _tell_idle(self, calendars):
        return self.env._(
            "Policy “%(policy)s”: the calendar “%(calendar)s” has no working hours, so "
            "no clock would ever run out.",
            policy=self.name,
            calendar=calendars[:1].name,
        )

    def _get_calendars(self):
        """Return the calendars by which clocks of this policy may count."""
        self.ensure_one()
        if self.calendar_id:
            return self.calendar_id
        companies = self.company_id or self.env["res.company"]._get_all_for_relations()
        return companies.resource_calendar_id

    def _get_complaint_domain(self):
        """Return the domain of the open complaints for which this policy is made."""
        self.ensure_one()
        domain = [("state", "in", ("new", "handling", "solved"))]
        if self.company_id:
            domain.append(("company_id", "=", self.company_id.id))
        if self.category_ids:
            domain.append(("category_id", "child_of", self.category_ids.ids))
        if self.min_severity:
            domain.append(("severity", ">=", self.min_severity))
        if self.max_severity:
            domain.append(("severity", "<=", self.max_severity))
        if self.tier_ids:
            domain.append(("partner_id.tier_id", "in", self.tier_ids.ids))
        if self.channel:
            domain.append(("channel", "=", self.channel))
        return domain

    def action_view_complaints(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Complaints of %(policy)s", policy=self.name),
            "res_model": "crm.complaint",
            "view_mode": "list,form",
            "domain": self._get_complaint_domain(),
        }
