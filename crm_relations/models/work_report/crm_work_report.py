from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.report_periods import get_period
from .crm_work_report_duty import KINDS

STATES = [
    ("draft", "Draft"),
    ("handed_in", "Handed In"),
    ("read", "Read"),
    ("returned", "To Correct"),
]
OPEN = ("draft", "returned")
TEXTS = ("results", "problems", "help_needed", "plan")
# What people give when they begin a report of their own.
GIVEN = {*TEXTS, "kind", "period_start", "company_id", "user_id"}
DECIDED = (
    *("due_at", "due_on", "figures", "handed_in_at", "read_at", "read_by_id"),
    *("return_reason", "is_reminded", "is_missing_told"),
)


class CrmWorkReport(models.Model):
    """What somebody did in a day, week or month: figures, and a few lines.

    The figures are those of the workload report, the targets and My Day; while it is
    written they are live, handed in they are kept as they were. A draft is its author's
    alone; what is handed in is read by the leader of then, by who leads that team now
    and by relations managers. People write the texts only: the rest is written by
    methods.
    """

    _name = "crm.work.report"
    _description = "Work report"
    _inherit = ["mail.thread"]
    _order = "period_start desc, kind, user_id, id desc"
    _mail_post_access = "read"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
        index=True,
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        readonly=True,
        index="btree_not_null",
        help="The team of the person in that period.",
    )
    leader_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        index="btree_not_null",
        help="Who led the team in that period and reads the report.",
    )
    kind = fields.Selection(selection=KINDS, required=True, default="daily")
    period_start = fields.Date(
        string="First Day",
        required=True,
        default=lambda self: self.env.company._get_relations_today(),
        help="Any day of the period: the report is about the whole of it.",
    )
    period_end = fields.Date(
        string="Last Day", compute="_compute_period_end", store=True
    )
    due_at = fields.Datetime(
        string="Due By",
        readonly=True,
        copy=False,
        help="Empty: nobody has asked for this report.",
    )
    due_on = fields.Date(readonly=True, copy=False, export_string_translation=False)
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    results = fields.Text(help="What was achieved, beyond the figures.")
    problems = fields.Text(help="What went wrong or is in the way.")
    help_needed = fields.Text(help="What you need, and from whom.")
    plan = fields.Text(
        string="Plan for the Next Period",
        help="It stands beside your next report of this kind, to answer to.",
    )
    figures = fields.Json(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="As they were when the report was handed in.",
    )
    handed_in_at = fields.Datetime(
        string="Handed In On",
        readonly=True,
        copy=False,
        help="The first time: who has to correct a report is not late for it.",
    )
    read_at = fields.Datetime(string="Read On", readonly=True, copy=False)
    read_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    return_reason = fields.Char(string="To Be Corrected", readonly=True, copy=False)
    is_reminded = fields.Boolean(
        readonly=True, copy=False, export_string_translation=False
    )
    is_missing_told = fields.Boolean(
        readonly=True, copy=False, export_string_translation=False
    )
    punctuality = fields.Selection(
        selection=[
            ("on_time", "On Time"),
            ("late", "Handed In Late"),
            ("missing", "Not Handed In"),
            ("open", "Not Due Yet"),
        ],
        compute="_compute_punctuality",
        help="By when it was handed in and when it was due. Empty: nobody has asked "
        "for it.",
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _period_uniq = models.UniqueIndex(
        "(user_id, company_id, kind, period_start)",
        "There is a report of this person for this period already: open it in My "
        "Reports.",
    )
    _due_idx = models.Index("(company_id, due_at) WHERE handed_in_at IS NULL")

    @api.depends("kind", "period_start")
    def _compute_period_end(self):
        for report in self:
            known = report.kind and report.period_start
            report.period_end = known and get_period(report.kind, known)[1]

    @api.depends("due_at", "handed_in_at")
    def _compute_punctuality(self):
        now = fields.Datetime.now()
        for report in self:
            due, done = report.due_at, report.handed_in_at
            if not due:
                report.punctuality = False
            elif done:
                report.punctuality = "late" if done > due else "on_time"
            else:
                report.punctuality = "missing" if due < now else "open"

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for report in self:
            report.is_mine = report.user_id == self.env.user

    @api.depends("user_id", "kind", "period_start", "period_end")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        for report in self:
            # Superuser: the name of a colleague whose report one reads.
            person = report.sudo().user_id
            words = [report._get_title(), person != self.env.user and person.name]
            report.display_name = " · ".join(filter(None, words))

    def _get_title(self):
        """Return which report it is, in words."""
        titles = {
            "daily": self.env._("Daily report"),
            "weekly": self.env._("Weekly report"),
            "monthly": self.env._("Monthly report"),
        }
        words = [titles.get(self.kind), self._get_days()]
        return " ".join(filter(None, words))

    def _get_days(self):
        """Return the period in words."""
        start, end = self.period_start, self.period_end
        if not start:
            return ""
        if self.kind == "monthly":
            return self.env.user._tell_day(start, "MMMM y")
        first = self.env.user._tell_day(start)
        return first if start == end else f"{first} – {self.env.user._tell_day(end)}"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._read_given(vals) for vals in vals_list]
        # Odoo's own key: that somebody has begun a report is no news.
        room = self.with_context(mail_create_nolog=True)
        vals_list = [self._complete_period(vals) for vals in vals_list]
        reports = super(CrmWorkReport, room).create(vals_list).with_env(self.env)
        reports._check_period()
        reports._stamp()
        return reports

    def _read_given(self, vals):
        """Return the values that people may give; a report is begun by its author."""
        author = vals.get("user_id") or self.env.uid
        if author != self.env.uid or set(vals) - GIVEN:
            raise AccessError(
                self.env._("You begin reports of your own, and write their texts.")
            )
        # What the context of a client proposes for the rest is nobody's word.
        return {**dict.fromkeys(DECIDED, False), "state": "draft", **vals}

    def _complete_period(self, vals):
        # Also of a day and a kind that are proposed, whatever else is proposed of it.
        given = self.default_get(["kind", "period_start"]) | vals
        kind, day = given.get("kind"), fields.Date.to_date(given.get("period_start"))
        if not day or kind not in dict(KINDS):
            return vals
        start, end = get_period(kind, day)
        return {**vals, "kind": kind, "period_start": start, "period_end": end}

    def _check_period(self):
        for report in self:
            # Superuser: the clock of a company is no secret.
            today = report.company_id.sudo()._get_relations_today()
            if report.period_start > today:
                raise ValidationError(
                    self.env._("This period has not begun: report on it later.")
                )

    def _stamp(self):
        """Keep in whose team the person is, and who leads it, at this moment. Who only
        stands on the team, without the role that reads reports, leads nobody here."""
        # Superuser: who leads a team is decided by nobody's reader.
        for report in self.sudo():
            person = report.user_id
            leader = person._get_leader().filtered("active") - person
            report.team_id = person.sale_team_id
            report.leader_id = leader.filtered(person._is_led_by)

    def write(self, vals):
        if not self.env.su:
            self._check_written(vals)
        return super().write(vals)

    def _check_written(self, vals):
        """People write texts, of own reports that are open; on every way.

        :raise AccessError: it is another one's, or no text
        :raise UserError: it has been handed in
        """
        if set(vals) - set(TEXTS):
            raise AccessError(
                self.env._("Of a report you write the texts; the rest is counted.")
            )
        self.check_access("write")
        # Superuser: as it is now, also where this transaction has read it before.
        reports = self.sudo()
        if any(report.user_id != self.env.user for report in reports):
            raise AccessError(self.env._("You write reports of your own only."))
        if any(report.state not in OPEN for report in reports):
            raise UserError(
                self.env._("This report has been handed in: take it back to change it.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        if self.env.su:
            return
        if any(report.due_at or report.state != "draft" for report in self):
            raise UserError(
                self.env._(
                    "Only a draft that nobody has asked for is deleted. Others stay."
                )
            )
