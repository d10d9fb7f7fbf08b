from datetime import date

from odoo import api, fields, models

from .crm_account_team_role import ACCESS

STATES = [("open", "In the Team"), ("ended", "Ended")]
STANDINGS = [
    ("coming", "Begins Later"),
    ("running", "In the Team"),
    ("over", "Ended"),
]
ENDINGS = [
    ("expired", "Its time was over"),
    ("ended", "Ended by hand"),
    ("owner", "Went to the new salesperson"),
    ("unowned", "The customer was left without a salesperson"),
    ("pool", "The customer went into a pool"),
    ("merge", "Merged with another customer"),
    ("joined", "The customer joined another one"),
    ("left", "The colleague left"),
]
# Days on which one line excludes another, to the database; a role without a last day
# goes on.
OVERLAP = """EXCLUDE USING gist (
    int4range(partner_id, partner_id, '[]') WITH &&, %s
    daterange(since, until, '[]') WITH &&) WHERE (state = 'open' %s)"""


class CrmAccountTeamMember(models.Model):
    """A colleague in the team of a customer: in a role, from a day, until a day.

    Nobody types any of it: ``team_appoint`` of the customer makes lines, methods of
    these change and end them. The access of the role is kept as it was granted. Who
    reads is let in by record rules that ask the clock; who may change the archive gets
    a share of the customer (``_apply_team_access``), which everything else asks.
    """

    _name = "crm.account.team.member"
    _inherit = ["crm.step.mixin", "crm.grant.mixin", "crm.customer.line.mixin"]
    _description = "Member of an account team"
    _order = "state desc, is_manager desc, since, id"
    _rec_name = "user_id"

    company_id = fields.Many2one(related="partner_id.company_id", store=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Colleague",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    role_id = fields.Many2one(
        comodel_name="crm.account.team.role",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    access = fields.Selection(
        selection=ACCESS,
        required=True,
        readonly=True,
        help="As the role gave it when the colleague was appointed.",
    )
    is_manager = fields.Boolean(
        string="One at a Time", readonly=True, export_string_translation=False
    )
    note = fields.Char(string="What For", readonly=True)
    since = fields.Date(string="First Day", required=True, readonly=True)
    until = fields.Date(
        readonly=True,
        help="The last day, in the customer's company; at midnight the access ends. "
        "Empty: until somebody ends it.",
    )
    starts_at = fields.Datetime(compute="_compute_moments", store=True)
    ends_at = fields.Datetime(compute="_compute_moments", store=True)
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="open",
    )
    standing = fields.Selection(
        selection=STANDINGS, string="How It Stands", compute="_compute_standing"
    )
    appointed_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, index="btree_not_null"
    )
    appointed_at = fields.Datetime(
        string="Appointed On", readonly=True, default=fields.Datetime.now
    )
    ending = fields.Selection(selection=ENDINGS, string="Ended Because", readonly=True)
    ending_reason = fields.Char(string="Reason of the End", readonly=True)
    ended_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, index="btree_not_null"
    )
    begin_change_id = fields.Many2one(
        comodel_name="crm.ownership.change",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )
    end_change_id = fields.Many2one(
        comodel_name="crm.ownership.change",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )
    may_change = fields.Boolean(
        compute="_compute_may", compute_sudo=False, export_string_translation=False
    )
    may_end = fields.Boolean(
        compute="_compute_may", compute_sudo=False, export_string_translation=False
    )

    _days_in_order = models.Constraint(
        "CHECK(until >= since)", "A role ends on the day it begins, or later."
    )
    _user_once = models.Constraint(
        OVERLAP % ("int4range(user_id, user_id, '[]') WITH &&,", ""),
        "This colleague is in the team of this customer on some of these days already.",
    )
    _manager_once = models.Constraint(
        OVERLAP % ("", "AND is_manager"),
        "Somebody else is account manager of this customer on some of these days.",
    )
    _open_idx = models.Index("(ends_at, id) WHERE state = 'open'")

    @api.depends("state", "starts_at", "ends_at")
    def _compute_standing(self):
        now = fields.Datetime.now()
        for member in self:
            member.standing = member._get_member_standing(now)

    def _get_member_standing(self, now):
        if self.state == "ended" or (self.ends_at and self.ends_at <= now):
            return "over"
        return "running" if self.starts_at and self.starts_at <= now else "coming"

    @api.depends("state", "user_id", "partner_id.user_id")
    @api.depends_context("uid")
    def _compute_may(self):
        appointers = self.partner_id._origin._filter_may_appoint()
        for member in self:
            is_open = member.state == "open"
            member.may_change = is_open and member.partner_id._origin in appointers
            member.may_end = is_open and (
                member.may_change or member.user_id == self.env.user
            )

    @api.depends("user_id", "role_id")
    def _compute_display_name(self):
        for member in self:
            # Superuser: the name of a colleague.
            names = [member.sudo().user_id.name, member.sudo().role_id.name]
            member.display_name = " · ".join(filter(None, names))

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def _tell_days(self):
        """Return from when until when, in words."""
        told = self.env.user._tell_day
        if not self.until:
            return self.env._("since %(day)s", day=told(self.since))
        return self.env._(
            "%(first)s to %(last)s", first=told(self.since), last=told(self.until)
        )

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: names of colleagues.
        member = self.sudo()
        endings = dict(self._fields["ending"]._description_selection(self.env))
        ended = self.env._(
            "Ended on %(day)s: %(why)s.",
            day=self.env.user._tell_day(member.ended_at),
            why=endings.get(member.ending) or "",
        )
        words = [
            member._tell_days(),
            member.note,
            member.ended_at and ended,
            member.ending_reason,
        ]
        return {
            "date": member.partner_id._format_history_moment(member.appointed_at),
            "title": self.env._(
                "%(user)s in the team: %(role)s",
                user=member.user_id.name,
                role=member.role_id.name,
            ),
            "text": " · ".join(filter(None, words)),
            "by": member.appointed_by_id.name or "",
        }

    def _excludes(self, other):
        """Return whether these two cannot both be in the team of one customer."""
        latest = date.max
        meet = self.since <= (other.until or latest) and other.since <= (
            self.until or latest
        )
        same = self.user_id == other.user_id
        return meet and (same or (self.is_manager and other.is_manager))

    def _prepare_successor_vals(self, change_id, user_id):
        """Return the values of the same role for who has got the customer."""
        today = self.partner_id._get_relation_today()
        first = max(self.since, today)
        return {
            "partner_id": self.partner_id.id,
            "user_id": user_id,
            "role_id": self.role_id.id,
            "access": self.access,
            "is_manager": True,
            "since": first,
            "until": self.until and max(self.until, first),
            "note": self.note,
            "appointed_by_id": self.env.uid,
            "begin_change_id": change_id,
        }
