"""The same work as the nightly jobs do, each in plain hand-written statements."""

from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

TIERS = """
    WITH sales AS (
         SELECT partner_id, sum(amount_untaxed) AS revenue
           FROM sale_order
          WHERE state = 'sale' AND date_order::date BETWEEN %(since)s AND %(today)s
       GROUP BY partner_id),
         measured AS (
         SELECT partner.id, partner.tier_id AS old, COALESCE(sales.revenue, 0)
                AS revenue
           FROM res_partner AS partner
      LEFT JOIN sales ON sales.partner_id = partner.id
          WHERE partner.is_managed_customer AND partner.active),
         ranked AS (
         SELECT id, old, revenue, rank() OVER (ORDER BY revenue DESC) AS place,
                count(*) OVER () AS customers, sum(revenue) OVER () AS total,
                COALESCE(sum(revenue) OVER (ORDER BY revenue DESC
                    GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS more
           FROM measured),
         decided AS (
         SELECT ranked.*, CASE WHEN more * 100 < 80 * total THEN %(a)s
                               WHEN more * 100 < 95 * total THEN %(b)s
                               ELSE %(c)s END AS new
           FROM ranked),
         written AS (
         UPDATE res_partner AS partner
            SET tier_id = decided.new, tier_since = %(today)s
           FROM decided
          WHERE partner.id = decided.id AND decided.new IS DISTINCT FROM decided.old
      RETURNING decided.*)
    INSERT INTO crm_tier_change (partner_id, decided_at, scheme_id, old_tier_id,
           new_tier_id, facts, create_uid, create_date)
    SELECT id, now() AT TIME ZONE 'UTC', %(scheme)s, old, new,
           jsonb_build_object('code', 'tier_share', 'revenue', revenue,
               'place', place, 'customers', customers, 'before', more / total,
               'cut', 80, 'currency', 1, 'from', %(since)s, 'to', %(today)s,
               'tier', new),
           1, now() AT TIME ZONE 'UTC'
      FROM written
"""
ACTIVITY = """
    UPDATE res_partner AS partner
       SET next_order_expected_on = decided.expected,
           active_probability = decided.percent, activity_model_id = %(model)s
      FROM (SELECT id, last_order_on + COALESCE(NULLIF(order_interval_days, 0), 90)
                   ::int AS expected,
                   CASE WHEN order_day_count < 2 THEN 100
                        ELSE round(100 / (1 + %(a)s / (%(b)s + order_day_count - 2)
                            * ((%(alpha)s + (%(today)s - first_order_on) / 7.0)
                             / (%(alpha)s + (last_order_on - first_order_on) / 7.0))
                            ^ (%(r)s + order_day_count - 1))) END AS percent
              FROM res_partner
             WHERE is_managed_customer AND last_order_on IS NOT NULL) AS decided
     WHERE partner.id = decided.id
       AND (next_order_expected_on, active_probability, activity_model_id)
           IS DISTINCT FROM (decided.expected, decided.percent::int, %(model)s)
"""
LAYERS = """
    WITH usual AS (
         SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY order_interval_days)
                ::numeric AS days
           FROM res_partner
          WHERE is_managed_customer AND order_interval_days > 0),
         measured AS (
         SELECT id, lifecycle AS old, COALESCE(confirmed_order_count, 0) AS orders,
                COALESCE(orders_12_months, 0) AS year, last_order_on AS last,
                %(today)s::date - last_order_on AS silent, relationship_level AS level,
                COALESCE(NULLIF(order_interval_days, 0)::numeric, usual.days) AS rhythm
           FROM res_partner CROSS JOIN usual
          WHERE is_managed_customer AND active),
         decided AS (
         SELECT measured.*,
                CASE WHEN orders < 1 THEN 'potential'
                     WHEN silent >= 365 AND silent >= 6 * rhythm THEN 'lost'
                     WHEN silent >= 90 AND silent >= 3 * rhythm THEN 'dormant'
                     WHEN orders >= 10 AND (year >= 6 OR level >= '4') THEN 'loyal'
                     WHEN orders >= 10 THEN 'mature'
                     ELSE 'new' END AS new
           FROM measured),
         written AS (
         UPDATE res_partner AS partner
            SET lifecycle = decided.new, lifecycle_since = %(today)s
           FROM decided
          WHERE partner.id = decided.id AND decided.new IS DISTINCT FROM decided.old
      RETURNING decided.*)
    INSERT INTO crm_lifecycle_change (partner_id, decided_at, old_layer, new_layer,
           facts, create_uid, create_date)
    SELECT id, now() AT TIME ZONE 'UTC', old, new,
           jsonb_build_object('code', 'lifecycle', 'layer', new, 'orders', orders,
               'year', year, 'last', last, 'silent', silent, 'referrals', 0,
               'relationship', level, 'rhythm', round(rhythm, 1)),
           1, now() AT TIME ZONE 'UTC'
      FROM written
"""
DATES = """
    UPDATE res_partner
       SET pool_release_date = owner_since::date + %(days)s, pool_rule_id = %(rule)s,
           pool_release_facts = jsonb_build_object('code', 'pool_followup',
               'days', %(days)s, 'followup', last_followup_at, 'owned', owner_since,
               'user', user_id, 'start', NULL, 'pool', %(pool)s,
               'release', owner_since::date + %(days)s)
     WHERE is_managed_customer AND active AND user_id IS NOT NULL
"""
RELEASE = [
    """
    INSERT INTO crm_ownership_change (partner_id, kind, from_user_id, to_pool_id,
           rule_id, batch_id, operator_id, facts, decided_at, create_uid, create_date)
    SELECT id, 'release', user_id, %(pool)s, pool_rule_id, %(batch)s, 1,
           pool_release_facts, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC'
      FROM res_partner WHERE ref LIKE 'BENCH %%' AND pool_release_date <= now()
    """,
    """
    UPDATE res_partner AS contact SET user_id = NULL
      FROM res_partner AS customer
     WHERE contact.parent_id = customer.id AND customer.ref LIKE 'BENCH %%'
       AND customer.pool_release_date <= now()
    """,
    """
    UPDATE res_partner
       SET user_id = NULL, owner_since = NULL, pool_id = %(pool)s,
           pool_since = now() AT TIME ZONE 'UTC', pool_release_date = NULL,
           pool_rule_id = NULL, pool_release_facts = NULL,
           write_uid = 1, write_date = now() AT TIME ZONE 'UTC'
     WHERE ref LIKE 'BENCH %%' AND pool_release_date <= now()
    """,
]
CARE = """
    INSERT INTO crm_care_task (rule_id, partner_id, person_id, occasion,
           occasion_date, due_at, user_id, state, facts, create_uid, create_date,
           write_uid, write_date)
    SELECT %(rule)s, customer.id, customer.id, 'solar-2000', current_date,
           current_date + interval '9 hours', customer.user_id, 'planned',
           jsonb_build_object('code', 'care_birthday', 'person', customer.id,
               'calendar', 'solar', 'month', 1, 'number', 1, 'leap', FALSE,
               'born', 0, 'year', 2000, 'day', current_date, 'lead', 0),
           1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC'
      FROM res_partner AS customer
     WHERE customer.id = ANY(%(ids)s)
"""
COMPLETENESS = """
    UPDATE res_partner
       SET archive_rate = 1, archive_basic_rate = 1, archive_characteristics_rate = 1,
           archive_business_rate = 1, archive_transaction_rate = 1
     WHERE is_managed_customer
"""


def tier_values(env, scheme):
    today = env["res.company"]._get_relations_default()._get_relations_today()
    since = today - relativedelta(months=scheme.window_months) + timedelta(days=1)
    tiers = {letter: env.ref(f"crm_relations.crm_tier_{letter}").id for letter in "abc"}
    return {
        **{"today": today, "since": since, "scheme": scheme.id},
        "start": datetime.combine(since, datetime.min.time()),
        "rule": env.ref("crm_relations.crm_pool_rule_followup").id,
        **tiers,
    }


def run(env, statement, values=None):
    env.cr.execute(SQL(statement, **(values or {})))


def loop_over_records(env, partners, values):
    """Decide tier, layer and release date as a loop over records does, one customer
    after the other."""
    for partner in partners:
        orders = env["sale.order"].search(
            [("partner_id", "=", partner.id), ("state", "=", "sale")]
        )
        recent = orders.filtered(lambda order: order.date_order >= values["start"])
        _decide_tier(env, partner, sum(recent.mapped("amount_untaxed")), values)
        _decide_layer(env, partner, orders, recent, values)
        partner.write(
            {
                "pool_release_date": values["today"] + timedelta(days=30),
                "pool_rule_id": values["rule"],
                "pool_release_facts": {"code": "pool_followup", "days": 30},
            }
        )
    env.flush_all()


def _decide_tier(env, partner, revenue, values):
    tier_id = values["a" if revenue > 100 else "b" if revenue else "c"]
    partner.write({"tier_id": tier_id, "tier_since": values["today"]})
    env["crm.tier.change"].create(
        {
            "partner_id": partner.id,
            "scheme_id": values["scheme"],
            "new_tier_id": tier_id,
            "facts": {"code": "tier_share", "revenue": revenue, "tier": tier_id},
        }
    )


def _decide_layer(env, partner, orders, recent, values):
    last = max(orders.mapped("date_order"), default=values["start"])
    silent = (values["today"] - last.date()).days
    layer = "dormant" if silent >= 90 else "mature" if len(orders) >= 10 else "new"
    partner.write({"lifecycle": layer, "lifecycle_since": values["today"]})
    env["crm.lifecycle.change"].create(
        {
            "partner_id": partner.id,
            "new_layer": layer,
            "facts": {
                **{"code": "lifecycle", "layer": layer, "orders": len(orders)},
                **{"year": len(recent), "silent": silent},
            },
        }
    )
