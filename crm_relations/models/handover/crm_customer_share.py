from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL

# What may be changed later; for another colleague one shares anew.
CHANGEABLE = frozenset(("until", "role", "purpose"))

ROLES = [
    ("assist", "Works along"),
    ("stand_in", "Stands in"),
    ("former", "Former salesperson"),
]
ENDINGS = [
    ("expired", "Its time was over"),
    ("ended", "Ended by hand"),
    ("owner", "The salesperson changed"),
    ("archived", "The colleague left"),
    ("merge", "Merged with another customer"),
]


class CrmCustomerShare(models.Model):
    """A colleague who works with somebody else's customer, until a day.

    What has ended stays as a line of history. Lines are made and ended by methods of
    the customer only, which decide who may.
    """

    _name = "crm.customer.share"
    _inherit = ["crm.grant.mixin", "crm.customer.line.mixin"]
    _description = "Shared customer"
    _order = "active desc, id desc"
    _rec_name = "user_id"

    company_id = fields.Many2one(related="partner_id.company_id", store=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Shared With",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    role = fields.Selection(
        selection=ROLES,
        required=True,
        default="assist",
        help="Told to everybody who opens the customer. All of them may do the same.",
    )
    purpose = fields.Char(help="What this colleague has access for.")
    until = fields.Date(
        help="The last day of access; the night after it ends the share. Empty: until "
        "somebody ends it.",
    )
    active = fields.Boolean(default=True, readonly=True)
    granted_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Shared By",
        readonly=True,
        index="btree_not_null",
    )
    granted_at = fields.Datetime(
        string="Shared On", readonly=True, default=fields.Datetime.now
    )
    ending = fields.Selection(selection=ENDINGS, string="Ended Because", readonly=True)
    end_change_id = fields.Many2one(
        comodel_name="crm.ownership.change",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )
    may_end = fields.Boolean(
        compute="_compute_may_end", export_string_translation=False
    )

    _user_uniq = models.UniqueIndex(
        "(partner_id, user_id) WHERE active",
        "This customer is shared with this colleague already.",
    )
    _until_idx = models.Index("(until, id) WHERE active")

    @api.depends("active", "user_id", "partner_id.user_id")
    @api.depends_context("uid")
    def _compute_may_end(self):
        endable = self._origin._filter_endable()
        for share in self:
            share.may_end = share._origin in endable

    @api.constrains("until")
    def _check_until(self):
        for share in self.filtered(lambda share: share.active and share.until):
            if share.until < share.partner_id._get_relation_today():
                raise ValidationError(
                    self.env._("The last day of the share has passed already.")
                )

    def write(self, vals):
        if not self.env.su:
            self._check_may_change(vals)
        return super().write(vals)

    def _check_may_change(self, vals):
        if set(vals) - CHANGEABLE:
            raise AccessError(
                self.env._("Of a share only its role, purpose and end can be changed.")
            )
        if not all(share.active for share in self):
            raise ValidationError(self.env._("This share has ended already."))
        customers = self.partner_id
        if customers - customers._filter_givable():
            raise AccessError(
                self.env._(
                    "Only the salesperson of the customer, the leader of the team or "
                    "a relations manager changes a share."
                )
            )

    def action_end(self):
        """End these shares now.

        :raise AccessError: neither one's own share nor a customer one may give away
        """
        shares = self.exists().filtered("active")
        shares.check_access("read")
        if shares - shares._filter_endable():
            raise AccessError(
                self.env._(
                    "Only the colleague, the salesperson of the customer, the leader "
                    "of the team or a relations manager ends a share."
                )
            )
        # Superuser: nobody writes the ending; who may was decided above.
        shares.sudo().write(
            {"active": False, "ended_at": fields.Datetime.now(), "ending": "ended"}
        )

    def _filter_endable(self):
        """Return those in force that the caller may end: granted to him, or on a
        customer that he may give away."""
        shares = self.filtered("active")
        own = shares.filtered(lambda share: share.user_id == self.env.user)
        givable = (shares - own).partner_id._filter_givable()
        return own | shares.filtered(lambda share: share.partner_id in givable)

    @api.model
    def _cron_end_shares(self):
        """End what is past its last day by the day of the customer's company, and what
        colleagues have who left."""
        self._end_all_due()

    @api.model
    def _get_due_grants_sql(self):
        return SQL(
            """
            crm_customer_share AS granted
              JOIN res_partner AS partner ON partner.id = granted.partner_id
              JOIN res_users AS holder ON holder.id = granted.user_id
             WHERE granted.active AND (NOT holder.active OR granted.until < %s)
            """,
            self.env["res.partner"]._get_relations_today_sql("partner"),
        )

    @api.model
    def _get_expired_sql(self):
        return SQL(
            """
            active = FALSE,
            ending = CASE WHEN (SELECT holder.active FROM res_users AS holder
                                 WHERE holder.id = granted.user_id)
                     THEN 'expired' ELSE 'archived' END
            """
        )

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: names of colleagues.
        share = self.sudo()
        roles = dict(self._fields["role"]._description_selection(self.env))
        endings = dict(self._fields["ending"]._description_selection(self.env))
        ended = self.env._(
            "Ended on %(day)s: %(why)s.",
            day=self.env.user._tell_day(share.ended_at),
            why=endings.get(share.ending) or "",
        )
        words = [roles.get(share.role), share.purpose, share.ended_at and ended]
        return {
            "date": share.partner_id._format_history_moment(share.granted_at),
            "title": self.env._("Shared with %s", share.user_id.name),
            "text": " · ".join(filter(None, words)),
            "by": share.granted_by_id.name or "",
        }
