from odoo import api, fields, models

from ...tools.sentences import join_label

KINDS = [("extension", "Extension"), ("protection", "Protection")]
STATES = [
    ("requested", "Requested"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("ended", "Ended"),
]
ENDINGS = [
    ("expired", "Its time was over"),
    ("unanswered", "Nobody answered"),
    ("ended", "Ended by hand"),
    ("owner", "The salesperson changed"),
    ("merge", "Merged with another customer"),
]


class CrmPoolStay(models.Model):
    """A customer stays with its owner until a day: asked for, approved, limited.

    An extension puts off the release that the rules would bring; a protection keeps
    the customer whatever the rules say, and counts against the quota of its owner. On
    a customer of the pool a protection reserves it.

    Lines are written by methods alone and stay as history. An open request holds the
    customer for a few days (``hold_until``), so that a slow manager costs nobody a
    customer, and no customer is kept by asking.
    """

    _name = "crm.pool.stay"
    _inherit = ["crm.customer.line.mixin", "crm.grant.mixin"]
    _description = "Extension or protection"
    _order = "id desc"
    _rec_name = "partner_id"

    kind = fields.Selection(selection=KINDS, required=True, readonly=True)
    state = fields.Selection(
        selection=STATES, string="Status", required=True, readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        readonly=True,
        index="btree_not_null",
        help="With whom the customer stays. Nobody: it is reserved in the pool.",
    )
    pool_id = fields.Many2one(
        comodel_name="crm.pool",
        string="Public Pool",
        readonly=True,
        ondelete="set null",
        help="Where the customer would go, or is: its managers may decide as well.",
    )
    release_date = fields.Date(
        string="Would Have Left On",
        readonly=True,
        help="The release date when it was asked for.",
    )
    days = fields.Integer(string="Number of Days", readonly=True)
    until = fields.Date(
        readonly=True,
        help="In the night in which this day begins the customer may leave again.",
    )
    hold_until = fields.Date(
        string="Held Until",
        readonly=True,
        help="Until this day the customer does not leave although nobody has decided.",
    )
    reason = fields.Char(required=True, readonly=True)
    requested_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, index="btree_not_null"
    )
    requested_at = fields.Datetime(string="Requested On", readonly=True)
    approver_id = fields.Many2one(
        comodel_name="res.users",
        string="Asked",
        compute="_compute_approver_id",
        store=True,
        index="btree_not_null",
        help="The leader of the salesperson's team, else a manager of the pool. Empty: "
        "relations managers decide.",
    )
    may_decide = fields.Boolean(
        string="I May Decide", compute="_compute_may_decide", compute_sudo=False
    )
    decided_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, index="btree_not_null"
    )
    decided_at = fields.Datetime(string="Answered On", readonly=True)
    refusal_reason = fields.Char(
        string="Refused Because",
        readonly=True,
        help="Told to who has asked.",
    )
    slot = fields.Integer(
        readonly=True,
        export_string_translation=False,
        help="Which of the places of the quota it takes.",
    )
    ending = fields.Selection(selection=ENDINGS, string="Ended Because", readonly=True)
    end_change_id = fields.Many2one(
        comodel_name="crm.ownership.change",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )

    _request_uniq = models.UniqueIndex(
        "(partner_id) WHERE state = 'requested'",
        "Somebody has asked for this customer already.",
    )
    _protection_uniq = models.UniqueIndex(
        "(partner_id) WHERE kind = 'protection' AND state = 'approved'",
        "This customer is protected already.",
    )
    # The quota of a person: places, each taken once, whatever runs in parallel.
    _slot_uniq = models.UniqueIndex(
        "(user_id, slot) WHERE slot > 0 AND state IN ('requested', 'approved')",
        "This place of the quota is taken.",
    )
    _until_idx = models.Index("(until, id) WHERE state IN ('requested', 'approved')")
    _days_positive = models.Constraint(
        "CHECK (days > 0)", "A customer is kept for one day at least."
    )

    @api.depends(
        "user_id.sale_team_id.user_id.active", "pool_id.manager_ids.active", "user_id"
    )
    def _compute_approver_id(self):
        # Superuser: who leads the team, whoever reads it.
        for stay in self.sudo():
            stay.approver_id = self._get_asked(stay.user_id, stay.pool_id)

    @api.depends("state", "user_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        requested = self.filtered(lambda stay: stay.state == "requested")
        allowed = requested._may_decide()
        for stay in self:
            stay.may_decide = stay in allowed

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: names of colleagues.
        stay = self.sudo()
        kind, state, ending = (
            dict(self._fields[name]._description_selection(self.env)).get(stay[name])
            for name in ("kind", "state", "ending")
        )
        words = [
            self.env._("until %(day)s", day=self.env.user._tell_day(stay.until)),
            stay.reason,
            stay.refusal_reason,
            ending,
            stay.decided_by_id.name
            and self.env._("Decided by %(user)s", user=stay.decided_by_id.name),
        ]
        return {
            "date": stay.partner_id._format_history_moment(stay.requested_at),
            "title": join_label(self.env, kind, state),
            "text": " · ".join(filter(None, words)),
            "by": stay.requested_by_id.name or "",
        }
