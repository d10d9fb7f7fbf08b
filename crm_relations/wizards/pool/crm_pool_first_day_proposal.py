from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ...tools import first_day
from ...tools.counted import tell_customers, tell_days
from ...tools.sentences import join_words, tell_number

NOTICES = (7, 3, 1)
COOL_DOWN_DAYS = 30


class CrmPoolFirstDay(models.TransientModel):
    """What is proposed: what is set already, else what the customers tell."""

    _inherit = "crm.pool.first.day"

    @api.depends("company_id")
    def _compute_pool_id(self):
        for wizard in self:
            domain = [("company_id", "in", (False, wizard.company_id.id))]
            wizard.pool_id = self.env["crm.pool"].search(domain, limit=1)

    @api.depends("company_id", "pool_id")
    def _compute_people(self):
        for wizard in self:
            pool = wizard.pool_id
            owners = wizard._get_owners()
            # Nobody in a pool that was set up: everybody, as has been decided.
            is_decided = pool and wizard.last_setup_id.pool_id == pool
            proposed = owners.browse() if is_decided else owners
            wizard.member_ids = pool.member_ids or proposed
            wizard.manager_ids = pool.manager_ids or wizard._get_leaders(owners)

    @api.depends("pool_id", "member_ids", "manager_ids")
    @api.depends_context("lang")
    def _compute_left_out(self):
        """Who is archived stands in no list from which one could choose: it is said."""
        for wizard in self:
            pool = wizard.pool_id.with_context(active_test=False)
            gone = (pool.member_ids | pool.manager_ids).filtered(lambda u: not u.active)
            wizard.left_out = bool(gone) and self.env._(
                "Archived, and no longer members or managers from then on: %(names)s.",
                names=join_words(self.env, gone.mapped("name")),
            )

    def _get_owned_domain(self):
        """Return the customers with a salesperson that the company judges: the default
        company those without any company, too.

        What is counted by it is told before anything is set up: the company is asked
        here."""
        self._check_company()
        owned = Domain("is_managed_customer", "=", True)
        owned &= Domain("user_id", "!=", False)
        if len(self._get_companies()) == 1:
            return owned
        relation = [self.company_id.id]
        if self._is_default():
            relation.append(False)
        shared = Domain("company_id", "=", False)
        shared &= Domain("relation_company_id", "in", relation)
        return owned & (shared | Domain("company_id", "=", self.company_id.id))

    def _is_default(self):
        return self.company_id == self.env["res.company"]._get_relations_default()

    @api.model
    def _get_companies(self):
        return self.env["res.company"]._get_all_for_relations()

    def _count_owned(self, groupby):
        """Return ``{value: number of owned customers}``."""
        # Superuser: what is proposed is made of all customers of the company.
        customers = self.env["res.partner"].sudo()
        return dict(
            customers._read_group(self._get_owned_domain(), [groupby], ["__count"])
        )

    def _get_owners(self):
        """Return the salespeople who have customers."""
        owners = self.env["res.users"].browse(
            user.id for user in self._count_owned("user_id")
        )
        return owners.filtered(lambda user: user.active and not user.share)

    def _get_leaders(self, owners):
        """Return the leaders of their teams, and the Sales Administrators."""
        # Superuser: who leads and who administers is no secret to who sets up pools.
        administrators = self.env.ref("sales_team.group_sale_manager").sudo()
        leaders = owners.sudo().mapped(lambda user: user._get_leader())
        leaders |= administrators.user_ids
        return leaders.filtered(
            lambda user: (
                user.active and not user.share and self.company_id in user.company_ids
            )
        ).with_env(self.env)

    @api.depends("company_id", "pool_id")
    def _compute_terms(self):
        for wizard in self:
            pool, members = wizard.pool_id, wizard._get_owners()
            # With one salesperson there is nobody to hide anything from.
            set_up = wizard._is_set_up()
            wizard.hides_numbers = pool.hides_phone if set_up else len(members) > 1
            wizard.cool_down_days = pool.cool_down_days if set_up else COOL_DOWN_DAYS

    def _is_set_up(self):
        """Return whether the pool is in use: what it says has been decided."""
        rules = self.env["crm.pool.rule"].search_count(
            [("pool_id", "=", self.pool_id.id)], limit=1
        )
        return bool(self.pool_id and rules)

    @api.depends("company_id")
    def _compute_max_customers(self):
        for wizard in self:
            most = max(wizard._get_weights_held().values(), default=0)
            quota = wizard._find_quota()
            cap = quota.limit_customers and quota.max_customers
            # Without a limit although it was set up: that has been decided.
            proposed = 0 if wizard.last_setup_id else first_day.round_up(most)
            wizard.max_customers = cap or proposed

    @api.depends("company_id", "max_customers")
    @api.depends_context("lang")
    def _compute_cap_reason(self):
        """Told of the number that is proposed, not of another one."""
        for wizard in self:
            held = wizard._get_weights_held()
            user = max(held, key=held.get, default=self.env["res.users"])
            most = held.get(user, 0)
            cap = first_day.round_up(most)
            wizard.cap_reason = False
            if most and wizard.max_customers == cap:
                wizard.cap_reason = self.env._(
                    "%(user)s holds most, %(most)s: with %(cap)s nobody is above the "
                    "limit on the first day.",
                    user=user.name,
                    most=tell_number(most),
                    cap=cap,
                )

    def _get_weights_held(self):
        """Return ``{salesperson: weight of the customers held}``, as quotas count."""
        # Superuser: of all customers of the company.
        rows = (
            self.env["res.partner"]
            .sudo()
            ._read_group(self._get_owned_domain(), ["user_id", "tier_id"], ["__count"])
        )
        held = {}
        for user, tier, count in rows:
            weight = tier.holding_weight if tier else 1
            held[user] = held.get(user, 0) + weight * count
        return held

    def _find_quota(self):
        """Return the quota that limits everybody of the company, or none."""
        return self.env["crm.pool.quota"].search(
            [
                ("company_id", "=", self._get_scope().id),
                ("user_ids", "=", False),
                ("team_ids", "=", False),
                ("tier_ids", "=", False),
            ],
            limit=1,
        )

    def _get_scope(self):
        """Return the company that rules, quota and pool name. The default company names
        none: a rule of a company leaves out the customers that belong to no company."""
        default = self._is_default()
        return self.company_id.browse() if default else self.company_id

    @api.depends("company_id")
    def _compute_notices(self):
        for wizard in self:
            first, second, last = wizard._get_notices_in_force() or NOTICES
            wizard.first_notice_days = first
            wizard.second_notice_days = second
            wizard.last_notice_days = last

    def _get_notices_in_force(self):
        """Return three days on which people are told, the first two and the last, with
        0 for those that there are not; nothing without any."""
        days = sorted(self._get_steps_in_force().mapped("days"), reverse=True)
        return days and [*days[:2], *days[2:][-1:], 0, 0][:3]

    def _get_steps_in_force(self):
        """Return the notices that hold for the company: its own, else the general."""
        steps = self.env["crm.pool.notice.step"]
        general = [("rule_id", "=", False)]
        own = steps.search([*general, ("company_id", "=", self.company_id.id)])
        return own or steps.search([*general, ("company_id", "=", False)])

    @api.depends("company_id", "pool_id")
    def _compute_waves(self):
        for wizard in self:
            most = first_day.fit_night(wizard._get_owned_count())
            wizard.most_per_night = wizard.pool_id.most_per_night or most

    @api.depends("company_id", "most_per_night")
    @api.depends_context("lang")
    def _compute_wave_reason(self):
        """Told of the number that is proposed, not of another one."""
        for wizard in self:
            owned = wizard._get_owned_count()
            night = first_day.fit_night(owned)
            wizard.wave_reason = False
            if owned and wizard.most_per_night == night:
                wizard.wave_reason = self.env._(
                    "With a salesperson: %(count)s. With %(most)s a night even "
                    "all of them would take a month.",
                    count=tell_customers(self.env, owned),
                    most=night,
                )

    def _get_owned_count(self):
        # Superuser: a number, of all customers of the company.
        customers = self.env["res.partner"].sudo()
        return customers.search_count(self._get_owned_domain())

    @api.depends("company_id", "pool_id")
    @api.depends_context("lang")
    def _compute_tier_line_ids(self):
        for wizard in self:
            rhythms = wizard._get_rhythms()
            # A handful of them.
            tiers = self.env["crm.tier"].search([])  # pylint: disable=no-search-all
            wizard.tier_line_ids = [
                Command.clear(),
                *(
                    Command.create(wizard._prepare_tier_line(place, tier, rhythms))
                    for place, tier in enumerate([*tiers, tiers.browse()])
                ),
            ]

    def _prepare_tier_line(self, place, tier, rhythms):
        count, known, interval = rhythms.get(tier.id or None, (0, 0, None))
        rule = self._find_rule(tier)
        days = first_day.fit_days(interval, known)
        if rule.active:
            days = rule.days
        return {
            "sequence": place,
            "tier_id": tier.id,
            "customer_count": count,
            "days": days,
            "reason": self._get_days_reason(rule, known, interval),
        }

    def _get_days_reason(self, rule, known, interval):
        if rule.active:
            return self.env._("As the rule “%(rule)s” says now.", rule=rule.name)
        if not interval or known < first_day.ENOUGH:
            return self.env._("As shipped: too few of them order often enough to tell.")
        return self.env._(
            "They order every %(days)s (median of %(known)s): one follow-up from "
            "order to order.",
            days=tell_days(self.env, round(interval)),
            known=known,
        )

    def _get_rhythms(self):
        """Return ``{tier id: (customers, those with a rhythm, its median)}``."""
        # Superuser: of all customers of the company.
        owned = self.env["res.partner"].sudo()._search(self._get_owned_domain())
        rows = self.env.execute_query(
            SQL(
                """
                SELECT tier_id, count(*), count(order_interval_days),
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY order_interval_days)
                  FROM res_partner
                 WHERE id IN (%s)
              GROUP BY tier_id
                """,
                owned.select(),
            )
        )
        return {tier: (count, known, middle) for tier, count, known, middle in rows}

    def _find_rule(self, tier):
        """Return the rule on follow-ups that judges the customers of this tier, or
        with none all others, and nobody else; an archived one too."""
        # Superuser: what is found is changed only by who may.
        rules = self.env["crm.pool.rule"].with_context(active_test=False)
        found = rules.search(
            [
                ("pool_id", "=", self.pool_id.id),
                ("company_id", "=", self._get_scope().id),
                ("clock", "=", "followup"),
                ("specificity", "=", bool(tier) + bool(self._get_scope())),
            ],
            order="active DESC, sequence, id",
        )
        return found.filtered(lambda rule: rule.tier_ids == tier)[:1]
