from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache


class CrmPoolQuota(models.Model):
    """How many customers somebody may hold, claim and look at.

    Each limit is taken from one quota only, the most specific one that states it: for
    users before for teams, before for a company, before for everybody; among equals one
    for tiers before one for all tiers, then the lower sequence, then the older one. So
    each customer counts in one quota of its salesperson, and in no other.
    """

    _name = "crm.pool.quota"
    _description = "Quota of customers"
    _inherit = ["crm.ownership.off.mixin", "crm.colleague.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_pool_quota_user_rel",
        ondelete="restrict",
        context={"active_test": False},
        string="Salespeople",
        domain="[('share', '=', False)]",
        help="Only for these. A quota for salespeople goes before any other.",
    )
    team_ids = fields.Many2many(
        comodel_name="crm.team",
        relation="crm_pool_quota_team_rel",
        ondelete="restrict",
        context={"active_test": False},
        string="Sales Teams",
        help="Only for the members of these teams.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        ondelete="restrict",
        help="Only for the customers of this company. Its time zone tells when a day "
        "and a week of claims begin.",
    )
    tier_ids = fields.Many2many(
        comodel_name="crm.tier",
        relation="crm_pool_quota_tier_rel",
        ondelete="restrict",
        context={"active_test": False},
        string="Tiers",
        help="Only for customers of these tiers. Empty: of all tiers for which there "
        "is no quota of their own.",
    )
    limit_customers = fields.Boolean(
        help="Limit how many customers each salesperson may hold."
    )
    max_customers = fields.Integer(
        string="Most Customers",
        help="Each of them may hold at most this many. A customer counts by the "
        "weight of its tier.\n"
        "Creating, importing, restoring, writing a salesperson, claims, swaps, "
        "hand-overs, assignments and undoing are refused beyond it. A visitor is "
        "received all the same and stays free. Whoever becomes a customer by an "
        "opportunity or an order goes to the public pool if the salesperson is full; "
        "nothing is refused for that.\n"
        "What changes by itself (tier, team, company, merged customers, a lower cap) "
        "counts, and takes nobody away.",
    )
    exempt_ordered = fields.Boolean(
        string="Orders Exempt",
        help="Customers with a confirmed order do not count.",
    )
    claims_per_day = fields.Integer(
        help="Customers that one may take from pools on a day. 0: no limit here. "
        "Giving a customer back refunds nothing.",
    )
    claims_per_week = fields.Integer(
        help="Customers that one may take from pools from Monday to Sunday. 0: no "
        "limit here.",
    )
    views_per_day = fields.Integer(
        help="Pool customers whose card one may open on a day. The same customer "
        "counts once. 0: no limit here. Managers of the pool open all of them.",
    )
    holding_ids = fields.One2many(
        comodel_name="crm.pool.holding", inverse_name="quota_id", string="Held"
    )

    _limits_positive = models.Constraint(
        """CHECK(max_customers >= 0 AND claims_per_day >= 0 AND claims_per_week >= 0
           AND views_per_day >= 0)""",
        "A limit cannot be negative.",
    )

    @api.constrains("tier_ids", "claims_per_day", "claims_per_week", "views_per_day")
    def _check_tiers(self):
        for quota in self.filtered("tier_ids"):
            counted = (quota.claims_per_day, quota.claims_per_week, quota.views_per_day)
            if any(counted):
                raise ValidationError(
                    self.env._(
                        "“%(quota)s” is for some tiers only: claims and views are "
                        "counted for all tiers together. Make a quota of its own for "
                        "them.",
                        quota=quota.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        quotas = super().create(vals_list)
        quotas._limits_changed()
        return quotas

    def write(self, vals):
        result = super().write(vals)
        if not set(vals).isdisjoint(self._get_limiting_fields()):
            self._limits_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._limits_changed()
        return result

    @api.model
    def _get_limiting_fields(self):
        return [
            *["active", "sequence", "user_ids", "team_ids", "company_id", "tier_ids"],
            *["limit_customers", "max_customers", "exempt_ordered"],
            *["claims_per_day", "claims_per_week", "views_per_day"],
        ]

    def _limits_changed(self):
        """Let every customer count where it now belongs."""
        self.env.flush_all()
        self.env.registry.clear_cache()
        # Superuser: counters of all salespeople, whoever sets the rules.
        self.env["crm.pool.holding"].sudo()._recount_all()

    @api.model
    @ormcache()
    def _get_limits(self):
        """Return what all quotas in force say, the one that goes first standing first:
        a tuple of tuples ``(field, value)``. Cached: every change of owner asks."""
        # Superuser: what limits somebody is a matter of the quota, not of its reader.
        quotas = self.sudo().with_context(active_test=True)
        quotas = quotas.search([])  # pylint: disable=no-search-all
        return tuple(quota._get_limit() for quota in quotas._sort_by_precedence())

    def _sort_by_precedence(self):
        return self.sorted(
            lambda quota: (
                not quota.user_ids,
                not quota.team_ids,
                not quota.company_id,
                not quota.tier_ids,
                quota.sequence,
                quota.id,
            )
        )

    def _get_limit(self):
        return (
            ("id", self.id),
            ("users", tuple(self.user_ids.ids)),
            ("teams", tuple(self.team_ids.ids)),
            ("company", self.company_id.id),
            ("tiers", tuple(self.tier_ids.ids)),
            ("cap", self.max_customers if self.limit_customers else None),
            ("exempt", self.exempt_ordered),
            ("day", self.claims_per_day),
            ("week", self.claims_per_week),
            ("views", self.views_per_day),
        )

    @api.model
    def _get_governing(self, limit, user, company=None):
        """Return the quota that limits this person's ``limit`` ("day", "week", "views",
        or "cap" for customers of no tier), or an empty one."""
        # Superuser: whoever is limited is told by what.
        for quota in map(dict, self._get_limits()):
            if self._states(quota, limit) and self._is_for(quota, user, company):
                return self.sudo().browse(quota["id"])
        return self.sudo().browse()

    @api.model
    def _states(self, quota, limit):
        """Return whether the quota limits this for customers of all tiers."""
        stated = quota[limit] is not None if limit == "cap" else quota[limit]
        return stated and not quota["tiers"]

    @api.model
    def _is_for(self, quota, user, company):
        """Return whether the quota names this person, or nobody."""
        return (
            (not quota["users"] or user.id in quota["users"])
            and (not quota["teams"] or user.sale_team_id.id in quota["teams"])
            and (
                not quota["company"] or bool(company) and quota["company"] == company.id
            )
        )
