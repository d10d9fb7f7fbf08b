from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..register.crm_complaint_act import OFFICER
from .crm_complaint_part_mixin import OVER

KINDS = [
    ("containment", "Containment"),
    ("corrective", "Corrective"),
    ("preventive", "Preventive"),
]
# These keep a complaint from being closed. What prevents the next complaint may take
# months and goes on by itself.
HOLDING = ("containment", "corrective")
STATES = [
    ("open", "Open"),
    ("done", "Done, to be checked"),
    ("effective", "Effective"),
    ("not_effective", "Not effective"),
    ("dropped", "Dropped"),
]
MOST_DAYS = 3650
DECIDED = (
    *("state", "done_at", "done_by_id", "result", "check_on", "checked_at"),
    *("checked_by_id", "check_note", "drop_reason", "earlier_id"),
)


class CrmComplaintAction(models.Model):
    """What is done about a complaint: contain the damage, mend the cause, prevent the
    next one.

    Who owns it says when it is done; some days later somebody else checks whether it
    has helped. What has not helped is followed by another action, which is open.
    """

    _name = "crm.complaint.action"
    _description = "Complaint Action"
    _inherit = [
        "crm.step.mixin",
        "crm.colleague.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "state, due_on, id"
    _decided = DECIDED

    complaint_id = fields.Many2one(
        comodel_name="crm.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, index=True
    )
    other_complaint_ids = fields.Many2many(
        comodel_name="crm.complaint",
        relation="crm_complaint_action_other_rel",
        column1="action_id",
        column2="complaint_id",
        string="Also From",
        domain="[('id', '!=', complaint_id), ('company_id', '=', company_id)]",
        help="More complaints that a preventive action comes from.",
    )
    kind = fields.Selection(
        selection=KINDS,
        required=True,
        default="corrective",
        help="Containment limits the damage now, corrective takes away the cause, "
        "preventive keeps it from happening elsewhere. A complaint cannot be closed "
        "while a containment or corrective action is open.",
    )
    name = fields.Char(string="What Is Done", required=True)
    cause_id = fields.Many2one(
        comodel_name="crm.complaint.cause",
        string="Against the Cause",
        index="btree_not_null",
        ondelete="set null",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Owner",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Sees it in the own list and is reminded when it is due.",
    )
    due_on = fields.Date(
        string="Due Date",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=7),
    )
    efficacy_days = fields.Integer(
        string="Check After (Days)",
        default=lambda self: self.env.company.complaint_efficacy_days,
        help="So many days after it is done somebody else checks whether it has helped."
        " 0: no check, for what needs none.",
    )
    checker_id = fields.Many2one(
        comodel_name="res.users",
        string="To Be Checked By",
        index="btree_not_null",
        domain="[('share', '=', False), ('id', '!=', user_id)]",
        help="Not who does it. Empty: any officer but who did it.",
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="open",
        index=True,
    )
    done_at = fields.Datetime(string="Done On", readonly=True, copy=False)
    done_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    result = fields.Text(string="What Was Done", readonly=True, copy=False)
    check_on = fields.Date(
        readonly=True, copy=False, help="From this day on it is to be checked."
    )
    checked_at = fields.Datetime(string="Checked On", readonly=True, copy=False)
    checked_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    check_note = fields.Text(string="What the Check Showed", readonly=True, copy=False)
    drop_reason = fields.Char(string="Dropped Because", readonly=True, copy=False)
    earlier_id = fields.Many2one(
        comodel_name="crm.complaint.action",
        string="After",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The action that has not helped, after which this one was planned.",
    )
    is_late = fields.Boolean(
        string="Overdue", compute="_compute_is_late", search="_search_is_late"
    )

    _due_idx = models.Index("(user_id, due_on) WHERE state = 'open'")
    _check_idx = models.Index("(check_on) WHERE state = 'done'")

    @api.depends("due_on", "state")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for action in self:
            is_open = action.state == "open"
            action.is_late = is_open and bool(action.due_on) and action.due_on < today

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return [("state", "=", "open"), ("due_on", "<", today)]

    @api.constrains("efficacy_days")
    def _check_efficacy_days(self):
        if not all(0 <= action.efficacy_days <= MOST_DAYS for action in self):
            raise ValidationError(
                self.env._(
                    "Check after 0 to %(most)s days; 0 means no check.", most=MOST_DAYS
                )
            )

    @api.constrains("user_id", "checker_id")
    def _check_checker_id(self):
        if any(
            action.checker_id and action.checker_id == action.user_id for action in self
        ):
            raise ValidationError(
                self.env._("Somebody else than the owner checks whether it has helped.")
            )

    @api.constrains("kind", "other_complaint_ids")
    def _check_other_complaint_ids(self):
        for action in self.filtered("other_complaint_ids"):
            if action.kind != "preventive":
                raise ValidationError(
                    self.env._(
                        "Only a preventive action comes from several complaints."
                    )
                )
            # Superuser: a company is no secret to who links its complaints.
            if action.sudo().other_complaint_ids.company_id - action.company_id:
                raise ValidationError(
                    self.env._("Complaints of one company have an action in common.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._check_complaint_is_open()
        return actions

    def _check_complaint_is_open(self):
        """Refuse to contain or mend what is over; preventing goes on."""
        # Superuser: how the complaint stands, for who plans an action.
        held = self.sudo().filtered(lambda action: action.kind in HOLDING)
        over = held.complaint_id.filtered(lambda one: one.state in OVER)
        if over and not self.env.su:
            raise UserError(
                self.env._(
                    "%(complaint)s is over: reopen it before you change its file.",
                    complaint=over[0].display_name,
                )
            )

    def write(self, vals):
        if not self.env.su:
            self._check_open_for_write()
        return super().write(vals)

    def _check_open_for_write(self):
        """What is done or dropped is evidence."""
        if any(action.state != "open" for action in self):
            raise UserError(
                self.env._("This action is over: what was done stays as it was.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_over(self):
        if not self.env.su and any(action.state != "open" for action in self):
            raise UserError(
                self.env._("This action is over: what was done stays as it was.")
            )

    @api.model
    def _get_overdue_domain(self, users, today):
        """Return the domain of what these people have to do until a day (My Day)."""
        return [
            ("state", "=", "open"),
            ("user_id", "in", users.ids),
            ("due_on", "<=", today),
        ]

    @api.model
    def _get_to_check_domain(self, users, today):
        """Return the domain of what these people have to check (My Day); where nobody
        is named, any officer checks who has not done it."""
        checks = Domain("checker_id", "in", users.ids)
        if self.env.user.has_group(OFFICER):
            mine = self.env.user.ids
            checks |= (
                Domain("checker_id", "=", False)
                & Domain("user_id", "not in", mine)
                & Domain("done_by_id", "not in", mine)
            )
        return Domain("state", "=", "done") & Domain("check_on", "<=", today) & checks
