from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

# Ten years: beyond it a date means "never", and that is what no rule at all says.
LONGEST_DAYS = 3650


class CrmPoolRule(models.Model):
    """When an owner loses a customer, and into which pool it goes.

    The clock of a customer starts with its last follow-up, or when it came to its
    owner if that is later. ``days`` full days after that local day it is due: the
    release date. One rule judges a customer, the first in order of precedence.
    """

    _name = "crm.pool.rule"
    _description = "Recycling rule"
    _inherit = ["crm.rule.mixin"]

    clock = fields.Selection(
        selection=[("followup", "No follow-up")], required=True, default="followup"
    )
    days = fields.Integer(
        required=True,
        default=30,
        help="So many days after the last follow-up the customer goes to the pool, "
        "in the night in which this day begins.",
    )
    pool_id = fields.Many2one(
        comodel_name="crm.pool",
        string="Into Pool",
        required=True,
        default=lambda self: self._default_pool_id(),
        ondelete="restrict",
    )

    sentence = fields.Char(compute="_compute_sentence")

    def _default_pool_id(self):
        return self.env["crm.pool"].search([], limit=1)

    @api.depends("days", "pool_id", "tier_ids", "team_ids", "start_date")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for rule in self:
            rule.sentence = self.env._(
                "%(whom)s not followed up for %(days)s days go to the pool %(pool)s.",
                whom=rule._get_audience_words(),
                days=rule.days,
                pool=rule.pool_id.name or "…",
            )

    @api.constrains("days")
    def _check_days(self):
        if not all(1 <= rule.days <= LONGEST_DAYS for rule in self):
            raise ValidationError(
                self.env._(
                    "A customer is kept for one day at least and for %(days)s days at "
                    "most.",
                    days=LONGEST_DAYS,
                )
            )

    @api.constrains("pool_id", "company_id")
    def _check_pool_id(self):
        for rule in self:
            if not rule.pool_id.active and rule.active:
                raise ValidationError(
                    self.env._(
                        "The pool “%(pool)s” is archived.", pool=rule.pool_id.name
                    )
                )
            if rule.pool_id.company_id and rule.pool_id.company_id != rule.company_id:
                raise ValidationError(
                    self.env._(
                        "The pool “%(pool)s” belongs to %(company)s: choose the same "
                        "company for the rule.",
                        pool=rule.pool_id.name,
                        company=rule.pool_id.company_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._rules_changed()
        return rules

    def write(self, vals):
        result = super().write(vals)
        self._rules_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._rules_changed()
        return result

    def _rules_changed(self):
        """Have all release dates decided anew, soon and outside this transaction."""
        cron = self.env.ref(
            "crm_relations.ir_cron_pool_dates", raise_if_not_found=False
        )
        if cron:  # not there yet while the module is being installed
            cron.sudo()._trigger()

    @api.model
    def _depend_on_segments(self):
        """Return whether a change of tier or layer can change a release date."""
        return any(
            rule.tier_ids or rule.lifecycle or not rule._parse_domain().is_true()
            for rule in self._get_in_force()
        )

    def _get_value_models(self):
        return {"old": "res.users", "new": "crm.pool"}

    def _get_preview_sql(self):
        """Return whom this rule would release if it acted today."""
        self.ensure_one()
        rules = (self._get_in_force() - self)._get_started() | self
        return SQL(
            """
            SELECT due.partner_id, partner.user_id AS old, %(pool)s AS new,
                   due.rule_id, due.facts
              FROM (%(dates)s) AS due
              JOIN res_partner AS partner ON partner.id = due.partner_id
              JOIN %(companies)s ON own.id = %(company)s
             WHERE due.rule_id = %(rule)s
               AND due.release_date <= (now() AT TIME ZONE own.tz)::date
            """,
            pool=self.pool_id.id,
            dates=rules._get_dates_sql(as_started=self),
            companies=self.env["res.partner"]._get_companies_sql("own"),
            company=self.env["res.partner"]._get_relation_company_sql("partner"),
            rule=self.id,
        )

    @api.model
    def _get_release_dates(self, partner_ids):
        """Return ``{partner id: (date, rule id, facts)}``; one query."""
        rows = self.env.execute_query_dict(
            self._get_in_force()._get_dates_sql(partner_ids=partner_ids)
        )
        return {
            row["partner_id"]: (row["release_date"], row["rule_id"], row["facts"])
            for row in rows
        }

    def _get_dates_sql(self, partner_ids=None, as_started=()):
        """Return a SELECT of partner_id, rule_id, release_date and facts.

        One row for each owned customer that one of these rules takes, decided by
        the first of them in order of precedence. A rule that starts later counts
        for those whom the rules of today would keep until then.

        :param as_started: rules whose start date is left out of account (preview)
        """
        rules = self.filtered("pool_id.active")._sort_by_precedence()
        if not rules:
            return SQL(
                "SELECT NULL::int AS partner_id, NULL::int AS rule_id, "
                "NULL::date AS release_date, NULL::jsonb AS facts WHERE FALSE"
            )
        partners = self.env["res.partner"]
        partners.flush_model(["user_id", "owner_since", "last_followup_at", "active"])
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND partner.id IN %s", tuple(partner_ids) or (0,))
        started = rules._get_started() | rules.browse(rule.id for rule in as_started)
        candidates = SQL(" UNION ALL ").join(
            rule._get_candidate_sql(place, only, rule in started, rule in as_started)
            for place, rule in enumerate(rules)
        )
        return SQL(
            """
            SELECT partner_id, rule_id, release_date,
                   facts || jsonb_build_object('release', release_date) AS facts
              FROM (SELECT candidate.*, row_number() OVER (
                           PARTITION BY partner_id ORDER BY place) AS choice
                      FROM (SELECT candidate.*, first_value(release_date) OVER (
                                   PARTITION BY partner_id
                                   ORDER BY NOT started, place) AS today_date,
                                   bool_or(started) OVER (PARTITION BY partner_id)
                                   AS judged_today
                              FROM (%(candidates)s) AS candidate) AS candidate
                     WHERE started OR NOT judged_today OR today_date >= start_date
                   ) AS ranked
             WHERE choice = 1
            """,
            candidates=candidates,
        )

    def _get_candidate_sql(self, place, only, started, ignore_start):
        """Return what this rule says of its audience, whatever other rules say.

        Facts hold local dates: they are shown, and the rule counts them.
        """
        partners = self.env["res.partner"]
        start = None if ignore_start else self.start_date or None
        return SQL(
            """
            (SELECT partner.id AS partner_id, %(place)s AS place, %(rule)s AS rule_id,
                   %(started)s AS started, %(start)s::date AS start_date,
                   GREATEST(GREATEST(clock.followup, clock.owned) + %(days)s,
                            %(start)s::date) AS release_date,
                   jsonb_build_object('code', 'pool_followup', 'days', %(days)s,
                       'followup', clock.followup, 'owned', clock.owned,
                       'taken_over', partner.owner_since > partner.last_followup_at,
                       'user', partner.user_id, 'pool', %(pool)s) AS facts
              FROM res_partner AS partner
              JOIN %(companies)s ON own.id = %(company)s
        CROSS JOIN LATERAL (
                   SELECT (partner.last_followup_at
                           AT TIME ZONE 'UTC' AT TIME ZONE own.tz)::date AS followup,
                          (COALESCE(partner.owner_since, partner.create_date)
                           AT TIME ZONE 'UTC' AT TIME ZONE own.tz)::date AS owned
                   ) AS clock
             WHERE partner.user_id IS NOT NULL
               AND partner.active AND partner.is_managed_customer
               AND partner.id IN (%(audience)s) %(only)s)
            """,
            place=place,
            rule=self.id,
            days=self.days,
            started=started,
            start=start,
            pool=self.pool_id.id,
            companies=partners._get_companies_sql("own"),
            company=partners._get_relation_company_sql("partner"),
            audience=self._get_audience_sql(),
            only=only,
        )
