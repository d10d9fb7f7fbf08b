from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

MOST = 1000000


class CrmHourlyRate(models.Model):
    """What an hour of a colleague costs a company, from a day on.

    Time with a customer is priced by the rates of the company that judges the customer,
    whoever spent it, and by no others: who sees the return could read them from it.
    There the rate of the colleague comes first, also after he has moved to another
    company; then that of the most senior role he has, then the one for everybody; of
    each the latest that has begun. None there: the time counts as without a rate.
    A rate holds until the next one for the same: periods cannot overlap.
    """

    _name = "crm.hourly.rate"
    _inherit = ["crm.colleague.mixin"]
    _description = "Cost of an hour"
    _order = "company_id, user_id, role_id, date_from desc, id"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
        help="It prices time with the customers of this company. Customers shared by "
        "all companies are priced by their relationship company, else by the first "
        "company.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Colleague",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('share', '=', False), ('company_id', '=', company_id)]",
        help="Empty: for the role, or for everybody of the company.",
    )
    role_id = fields.Many2one(
        comodel_name="res.groups",
        index="btree_not_null",
        ondelete="cascade",
        domain=lambda self: self._get_role_domain(),
        help="Who has several roles costs what the most senior of them does.",
    )
    date_from = fields.Date(
        string="Valid From",
        required=True,
        default=lambda self: self.env.user._get_relations_today().replace(
            month=1, day=1
        ),
        help="Until the next rate for the same begins.",
    )
    amount = fields.Monetary(
        string="Cost of an Hour",
        help="What an hour costs you: pay, charges, car, desk. Only relations managers "
        "see it, and what is counted from it.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )

    # The upper bound also keeps out what is no number.
    _amount_bounds = models.Constraint(
        f"CHECK(amount BETWEEN 0 AND {MOST})",
        "An hour costs between 0 and 1,000,000.",
    )
    _for_one = models.Constraint(
        "CHECK(user_id IS NULL OR role_id IS NULL)",
        "A rate is for a colleague or for a role, not for both.",
    )
    _begin_uniq = models.UniqueIndex(
        "(company_id, COALESCE(user_id, 0), COALESCE(role_id, 0), date_from)",
        "There is a rate for the same from this day on already.",
    )

    @api.model
    def _get_role_domain(self):
        return [("privilege_id", "in", self._get_privileges().ids)]

    @api.model
    def _get_privileges(self):
        return self.env["res.groups.privilege"].union(
            *(
                self.env.ref(f"crm_relations.privilege_{name}")
                for name in ("relations", "archive", "callback")
            )
        )

    @api.depends("company_id")
    def _compute_currency_id(self):
        for rate in self:
            rate.currency_id = rate.company_id.currency_id

    @api.depends("user_id", "role_id", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rate in self:
            who = rate.user_id.name or rate.role_id.name or self.env._("Everybody")
            day = rate.date_from and self.env.user._tell_day(rate.date_from)
            rate.display_name = " · ".join(filter(None, [who, day]))

    @api.constrains("user_id", "company_id")
    def _check_company(self):
        # Superuser: to which company a colleague belongs.
        for rate in self.sudo().filtered("user_id"):
            if rate.user_id.share or rate.user_id.company_id != rate.company_id:
                raise ValidationError(
                    self.env._(
                        "%(user)s works for %(company)s: the rate of a colleague is "
                        "kept in the company that pays.",
                        user=rate.user_id.name,
                        company=rate.user_id.company_id.name,
                    )
                )

    @api.model
    def _get_rate_sql(self, user, company, day):
        """Return a SELECT of amount and currency_id: one row, what an hour of the
        colleague ``user`` (alias of res.users) cost ``company`` (alias of what has its
        id) on ``day`` (SQL); none without a rate."""
        self.flush_model()
        return SQL(
            """
            SELECT rate.amount, rate.currency_id
              FROM crm_hourly_rate AS rate
         LEFT JOIN (
                   SELECT held.role_id, max(held.rank) AS rank
                     FROM (%(roles)s) AS held
                     JOIN res_groups_users_rel AS link ON link.gid = held.group_id
                    WHERE link.uid = %(user)s
                 GROUP BY held.role_id) AS role ON role.role_id = rate.role_id
             WHERE rate.company_id = %(company)s AND rate.date_from <= %(day)s
               AND (rate.user_id = %(user)s OR rate.user_id IS NULL
                    AND (rate.role_id IS NULL OR role.rank IS NOT NULL))
          ORDER BY rate.user_id IS NULL, role.rank DESC NULLS LAST,
                   rate.date_from DESC, rate.id
             LIMIT 1
            """,
            roles=self._get_roles_sql(),
            user=SQL.identifier(user, "id"),
            company=SQL.identifier(company, "id"),
            day=day,
        )

    @api.model
    def _get_roles_sql(self):
        """Return a SELECT of role_id, group_id (the role, or one that contains it) and
        rank: the greater, the more senior. Odoo keeps only who was put into a group by
        hand, so that what follows from that is said here."""
        # Superuser: which role contains which is no secret.
        roles = self.sudo().search([("role_id", "!=", False)]).role_id
        pairs = [
            (role.id, group.id, len(role.all_implied_ids))
            for role in roles
            for group in role | role.all_implied_by_ids
        ]
        columns = list(zip(*pairs, strict=True)) or [(), (), ()]
        return SQL(
            "SELECT * FROM unnest(%s::int[], %s::int[], %s::int[])"
            " AS held (role_id, group_id, rank)",
            *(list(column) for column in columns),
        )
