from odoo import api, fields, models

# Part: the field that says that it is lent.
PARTS = {
    "profiles": "with_profiles",
    "documents": "with_documents",
    "card": "with_card",
}
STATES = [
    ("asked", "Requested"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("ended", "Ended"),
]
STANDINGS = [
    ("asked", "Requested"),
    ("overdue", "Waits Too Long"),
    ("coming", "Approved"),
    ("running", "Running"),
    ("refused", "Refused"),
    ("over", "Ended"),
]
ENDINGS = [
    ("expired", "Its time was over"),
    ("returned", "Given back"),
    ("withdrawn", "Taken back before the answer"),
    ("undecided", "Nobody decided in time"),
    ("revoked", "Revoked"),
    ("owner", "The customer came to who had asked"),
    ("pool", "The customer went into a pool"),
    ("merge", "Merged with another customer"),
    ("archived", "The customer was archived or joined another one"),
    ("left", "The colleague left"),
]
DECIDED = (
    *("partner_id", "user_id", "since", "until", "purpose", *PARTS.values()),
    *("state", "asked_at", "decided_at", "decided_by_id", "refusal_reason"),
    *("ending", "ended_at", "ended_by_id", "ending_reason", "extended_id"),
)
OVERLAP = """EXCLUDE USING gist (
    int4range(user_id, user_id, '[]') WITH &&,
    int4range(partner_id, partner_id, '[]') WITH &&,
    daterange(since, until, '[]') WITH &&)
    WHERE (state IN ('asked', 'approved') AND %s)"""


class CrmArchiveLoan(models.Model):
    """What is confidential of a customer, lent to a colleague who has nothing to do
    with it: asked for with a purpose, approved by somebody else, until a day.

    The record rules of what is lent ask for a loan in force by the clock: it ends at
    that moment, whether the job that says so has run or not. A loan opens reading only.
    Nobody types any of it; what has ended stays as a line of history.
    """

    _name = "crm.archive.loan"
    _inherit = ["crm.request.mixin", "crm.grant.mixin", "crm.customer.line.mixin"]
    _description = "Loan of what is confidential"
    _order = "id desc"
    _rec_name = "partner_id"
    _decided = DECIDED

    company_id = fields.Many2one(related="partner_id.company_id", store=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Asked By",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Who asks, and reads what is lent; nobody asks for somebody else.",
    )
    with_profiles = fields.Boolean(string="Person Profiles", readonly=True)
    with_documents = fields.Boolean(string="Documents", readonly=True)
    with_card = fields.Boolean(string="Data Card", readonly=True)
    parts = fields.Char(string="What", compute="_compute_parts")
    purpose = fields.Char(required=True, readonly=True)
    since = fields.Date(string="First Day", required=True, readonly=True)
    until = fields.Date(
        required=True, readonly=True, help="The last day, in the customer's company."
    )
    starts_at = fields.Datetime(compute="_compute_moments", store=True)
    ends_at = fields.Datetime(
        compute="_compute_moments",
        store=True,
        help="From this moment on nothing is open any more.",
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="asked",
        copy=False,
    )
    standing = fields.Selection(
        selection=STANDINGS, string="How It Stands", compute="_compute_standing"
    )
    asked_at = fields.Datetime(string="Asked On", readonly=True, copy=False)
    decided_at = fields.Datetime(string="Answered On")
    ending = fields.Selection(selection=ENDINGS, string="Ended Because", readonly=True)
    ended_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )
    ending_reason = fields.Char(string="Revoked Because", readonly=True, copy=False)
    extended_id = fields.Many2one(
        comodel_name="crm.archive.loan",
        string="Extends",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    may_decide = fields.Boolean(string="I May Decide")
    may_revoke = fields.Boolean(
        compute="_compute_may", compute_sudo=False, export_string_translation=False
    )
    is_mine = fields.Boolean(
        compute="_compute_may", compute_sudo=False, export_string_translation=False
    )

    _by_somebody_else = models.Constraint(
        "CHECK(decided_by_id <> user_id)", "Nobody decides on an own request."
    )
    _days_in_order = models.Constraint(
        "CHECK(until >= since)", "A loan ends after it begins."
    )
    _profiles_once = models.Constraint(
        OVERLAP % "with_profiles",
        "Another loan of the person profiles falls into the same days.",
    )
    _documents_once = models.Constraint(
        OVERLAP % "with_documents",
        "Another loan of the documents falls into the same days.",
    )
    _card_once = models.Constraint(
        OVERLAP % "with_card",
        "Another loan of the data card falls into the same days.",
    )
    _open_idx = models.Index("(ends_at, id) WHERE state IN ('asked', 'approved')")

    @api.depends(*PARTS.values())
    @api.depends_context("lang")
    def _compute_parts(self):
        labels = {
            name: self._fields[name]._description_string(self.env)
            for name in PARTS.values()
        }
        for loan in self:
            lent = [label for name, label in labels.items() if loan[name]]
            loan.parts = " · ".join(lent)

    @api.depends("state", "starts_at", "ends_at")
    def _compute_standing(self):
        now = fields.Datetime.now()
        for loan in self:
            loan.standing = loan._get_standing(now)

    def _get_standing(self, now):
        if self.state in ("refused", "asked"):
            late = self.state == "asked" and self._waits_too_long()
            return "overdue" if late else self.state
        if self.state != "approved" or not self.ends_at or self.ends_at <= now:
            return "over"
        return "running" if self.starts_at <= now else "coming"

    def _waits_too_long(self):
        """Return whether the first day asked for has passed without an answer."""
        return self.since < self.partner_id._get_relation_today()

    @api.depends("user_id")
    def _compute_may_decide(self):
        return super()._compute_may_decide()

    @api.depends("state", "user_id", "ends_at")
    @api.depends_context("uid")
    def _compute_may(self):
        denied = self._get_no_deciders()
        now = fields.Datetime.now()
        for loan in self:
            in_force = loan.state == "approved" and loan.ends_at and loan.ends_at > now
            loan.may_revoke = loan.id not in denied and in_force
            loan.is_mine = loan.user_id == self.env.user and (
                loan.state == "asked" or in_force
            )

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: names of colleagues.
        loan = self.sudo()
        standings = dict(self._fields["standing"]._description_selection(self.env))
        endings = dict(self._fields["ending"]._description_selection(self.env))
        told = self.env.user._tell_day
        words = [
            loan.parts,
            loan.purpose,
            self.env._("until %(day)s", day=told(loan.until)),
            loan.refusal_reason,
            endings.get(loan.ending),
            loan.ending_reason,
            loan.decided_by_id
            and self.env._("Decided by %(user)s", user=loan.decided_by_id.name),
        ]
        return {
            "date": loan.partner_id._format_history_moment(loan.asked_at),
            "title": self.env._(
                "Lent to %(user)s: %(standing)s",
                user=loan.user_id.name,
                standing=standings.get(loan.standing, ""),
            ),
            "text": " · ".join(filter(None, words)),
            "by": loan.user_id.name or "",
        }
