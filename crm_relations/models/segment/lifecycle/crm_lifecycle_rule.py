from datetime import timedelta
from math import ceil, inf

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ....tools.counted import tell_orders
from ..relationship.crm_relationship_levels import LEVELS
from .crm_lifecycle_layers import LAYERS

# With nobody's rhythm known, customers are taken to order once a quarter.
FALLBACK_INTERVAL_DAYS = 90
LONGEST_DAYS = 36500
LONGEST_FACTOR = 1000


class CrmLifecycleRule(models.Model):
    """Which customers belong to which layer of the lifecycle.

    The rules are gone through by sequence; the first that fits decides. Silence is
    measured twice: in days, and in multiples of the customer's own rhythm (the
    median interval between its orders; with fewer than three days of orders the
    median of all customers). Satisfaction and referrals count by the relationship
    ladder, which is decided just before. "At least" everywhere.
    """

    _name = "crm.lifecycle.rule"
    _description = "Lifecycle rule"
    _inherit = ["crm.rule.mixin", "crm.decision.queue"]
    _keeps_runs = True
    _decided_field = "lifecycle"
    _since_field = "lifecycle_since"
    _ledger = "crm.lifecycle.change"
    _ledger_columns = ("rule_id", "old_layer", "new_layer")

    layer = fields.Selection(selection=LAYERS, required=True, default="new")
    orders_from = fields.Integer(
        string="Orders, at Least", help="Confirmed orders ever. 0: no condition."
    )
    orders_below = fields.Integer(
        string="Orders, Fewer Than", help="Confirmed orders ever. 0: no condition."
    )
    orders_in_year_from = fields.Integer(
        string="Orders of the Last 12 Months, at Least", help="0: no condition."
    )
    silent_days = fields.Integer(
        string="Days Since the Last Order, at Least", help="0: no condition."
    )
    silent_factor = fields.Float(
        string="Times the Own Rhythm, at Least",
        digits=(6, 1),
        help="Days since the last order, measured in the customer's usual interval "
        "between orders. 0: no condition.",
    )
    referrals_from = fields.Integer(
        string="Customers Referred, at Least", help="0: no condition."
    )
    level_from = fields.Selection(
        selection=LEVELS,
        string="Relationship, at Least",
        help="The level on the relationship ladder, which weighs orders, returns, "
        "referrals, satisfaction and complaints. Empty: no condition.",
    )

    @api.constrains(
        "orders_from",
        "orders_below",
        "orders_in_year_from",
        "silent_days",
        "silent_factor",
        "referrals_from",
    )
    def _check_conditions(self):
        for rule in self:
            if min(rule[name] for name in self._get_conditions()) < 0:
                raise ValidationError(self.env._("Conditions cannot be negative."))
            if rule.silent_days > LONGEST_DAYS or rule.silent_factor > LONGEST_FACTOR:
                raise ValidationError(
                    self.env._(
                        "Silence is measured up to %(days)s days and %(times)s times "
                        "the own rhythm.",
                        days=LONGEST_DAYS,
                        times=LONGEST_FACTOR,
                    )
                )
            least, below = rule._get_order_range()
            if least >= below:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” can never fit: at least %(least)s and %(fewer)s.",
                        rule=rule.name,
                        least=tell_orders(self.env, least),
                        fewer=rule._tell_fewer(below),
                    )
                )

    def _get_run_message(self, changed):
        return self.env._("Customers that changed their layer: %s.", changed)

    @api.model
    def run(self):
        """Decide the layers of all customers by the rules in force, write changes.

        :return: number of customers changed
        """
        self.check_access("write")
        # Superuser: all customers are decided, and decided fields written by nobody.
        return self.sudo()._get_in_force()._get_started()._run_queue()

    @api.model
    def _get_conditions(self):
        return [
            *["orders_from", "orders_below", "orders_in_year_from"],
            *["silent_days", "silent_factor", "referrals_from"],
        ]

    def _sort_by_precedence(self):
        """Layers follow one another: the sequence alone decides, after the company."""
        return self.sorted(
            lambda rule: (-bool(rule.company_id), rule.sequence, rule.id)
        )

    def _get_left_alone(self):
        return self._get_last_decided()

    def _get_preview_grouping(self):
        return "by_change"

    def _get_preview_sql(self):
        """Return the customers who would enter the layer by this rule."""
        self.ensure_one()
        rules = (self._get_in_force()._get_started() | self)._sort_by_precedence()
        return SQL(
            "SELECT * FROM (%s) AS decided WHERE rule_id = %s",
            rules._get_decision_sql(),
            self.id,
        )

    def _get_value_names(self, rows):
        labels = dict(self._fields["layer"]._description_selection(self.env))
        return {
            (side, row[side]): labels.get(row[side], "")
            for row in rows
            for side in ("old", "new")
        }

    def _get_decision_sql(self):
        """Return the changes of layer by these rules, in their order."""
        self.env["res.partner"].flush_model()
        rules = self._sort_by_precedence()
        if not rules:
            return SQL(
                "SELECT NULL::int AS partner_id, NULL AS old, NULL AS new, "
                "NULL::int AS rule_id, NULL::jsonb AS facts WHERE FALSE"
            )
        return SQL(
            """
            WITH usual AS MATERIALIZED (
                 SELECT COALESCE(percentile_cont(0.5) WITHIN GROUP (
                        ORDER BY order_interval_days), %(fallback)s)::numeric AS days
                   FROM res_partner
                  WHERE is_managed_customer AND active AND order_interval_days > 0),
                 measured AS MATERIALIZED (%(measured)s)
            SELECT measured.id AS partner_id, measured.lifecycle AS old,
                   rule.layer AS new, rule.id AS rule_id,
                   jsonb_build_object('code', 'lifecycle', 'layer', rule.layer,
                       'orders', orders, 'year', year_orders,
                       'last', last_order_on, 'silent', silent,
                       'referrals', referrals, 'relationship', level,
                       'rhythm', round(rhythm, 1)) AS facts
              FROM measured
              JOIN (VALUES %(rules)s) AS rule (place, id, layer)
                ON rule.place = CASE %(cases)s END
             WHERE rule.layer IS DISTINCT FROM measured.lifecycle
            """,
            fallback=FALLBACK_INTERVAL_DAYS,
            measured=self._get_measured_sql(),
            rules=SQL(", ").join(
                SQL("(%s, %s, %s)", place, rule.id, rule.layer)
                for place, rule in enumerate(rules)
            ),
            cases=SQL(" ").join(
                SQL("WHEN %s THEN %s", rule._get_condition_sql(), place)
                for place, rule in enumerate(rules)
            ),
        )

    def _get_measured_sql(self):
        """Return a SELECT of what conditions ask of each customer; ``usual`` is the
        rhythm of who has none of its own."""
        partners = self.env["res.partner"]
        return SQL(
            """
            SELECT partner.id, partner.lifecycle, partner.user_id,
                   COALESCE(partner.confirmed_order_count, 0) AS orders,
                   COALESCE(partner.orders_12_months, 0) AS year_orders,
                   partner.last_order_on, partner.relationship_level AS level,
                   COALESCE(referrals.number, 0) AS referrals,
                   own.today - partner.last_order_on AS silent,
                   COALESCE(NULLIF(partner.order_interval_days, 0)::numeric,
                            usual.days) AS rhythm
              FROM res_partner AS partner
              JOIN %(own)s
        CROSS JOIN usual
         LEFT JOIN (SELECT referred_by_id, count(*) AS number
                      FROM res_partner
                     WHERE referred_by_id IS NOT NULL
                       AND is_managed_customer AND active
                  GROUP BY referred_by_id) AS referrals
                ON referrals.referred_by_id = partner.id
             WHERE partner.is_managed_customer AND partner.active
            """,
            own=partners._get_company_of_sql("own", "partner"),
        )

    def _get_condition_sql(self):
        """Return the SQL condition that this rule fits a row of ``measured``."""
        self.ensure_one()
        terms = [SQL("orders >= %s", self.orders_from)]
        if self.orders_below:
            terms.append(SQL("orders < %s", self.orders_below))
        if self.orders_in_year_from:
            terms.append(SQL("year_orders >= %s", self.orders_in_year_from))
        if self.referrals_from:
            terms.append(SQL("referrals >= %s", self.referrals_from))
        if self.level_from:
            terms.append(SQL("level >= %s", self.level_from))
        if self.silent_days:
            terms.append(SQL("silent >= %s", self.silent_days))
        if self.silent_factor:
            terms.append(SQL("silent >= %s * rhythm", str(self.silent_factor)))
        terms.append(SQL("measured.id IN (%s)", self._get_audience_sql()))
        return SQL("(%s)", SQL(" AND ").join(terms))

    def _get_day_of_silence(self, partner, rhythm):
        """Return the day on which silence alone makes this rule fit ``partner``, None
        when something else keeps it from fitting."""
        self.ensure_one()
        if not (self.silent_days or self.silent_factor):
            return None
        if not self._fits_once_silent(partner):
            return None
        # Both have one decimal: 1.1 times 30 days is 33, not a little more.
        days = ceil(round(self.silent_factor * rhythm, 2))
        days = max(self.silent_days, days)
        return partner.last_order_on + timedelta(days=days)

    def _fits_once_silent(self, partner):
        """Return whether all conditions hold but those on silence. Orders within a year
        grow fewer with the time: they cannot be foretold."""
        below = self.orders_below or inf
        return (
            not self.orders_in_year_from
            and self.orders_from <= partner.confirmed_order_count < below
            and partner.referral_count >= self.referrals_from
            and (partner.relationship_level or "") >= (self.level_from or "")
            and bool(partner.filtered_domain(self._get_audience()))
        )

    def _decisions_applied(self, partner_ids):
        result = super()._decisions_applied(partner_ids)
        partners = self.env["res.partner"].browse(partner_ids)
        if self.env["crm.archive.requirement"]._depend_on_lifecycle():
            partners._refresh_completeness(partner_ids)
        # Superuser: the layer starts a playbook, whoever has decided it.
        self.env["crm.playbook"].sudo()._layer_changed(partner_ids)
        partners._segment_changed()
        return result
