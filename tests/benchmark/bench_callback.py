"""Callback rules over any number of customers, half a per cent of them due (CB-1).

The reference inserts the same callbacks, all columns, by one plain statement.
"""

from datetime import timedelta

import customers
import stopwatch

from odoo.tools import SQL

TRIGGERS = ("visit", "delivery", "interval")
SILENT_DAYS = 90
COLUMNS = SQL(
    "rule_id, partner_id, person_id, company_id, occasion, occurred_at, due_at,"
    " deadline_at, next_at, agent_id, priority, facts, source, state, attempt_count"
)


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio."""
    filled, rules = stopwatch.begin(_fill, env, size)
    rows = [filled]
    seconds = [stopwatch.take_kept(env, rule._create_callbacks) for rule in rules]
    again = [stopwatch.take_kept(env, rule._create_callbacks) for rule in rules]
    env.cr.execute(SQL("CREATE TEMP TABLE call_copy AS SELECT * FROM crm_callback"))
    env.cr.execute("DELETE FROM crm_callback")
    env.cr.commit()
    for rule, first, second in zip(rules, seconds, again, strict=True):
        count, plain = stopwatch.watch(_insert, env, rule)
        title = f"{count} callbacks, {rule.trigger}"
        rows += [
            stopwatch.row(title, first, plain),
            stopwatch.row("the same again, nothing to do", second, plain),
        ]
    return rows


def _fill(env, size):
    """Visits and deliveries of yesterday, and long silence, of 0.5 % each."""
    customers.fill(env, size)
    env["crm.callback.rule"].search([]).active = False
    rules = _create_rules(env)
    env.flush_all()
    for statement in _get_statements(env, size):
        env.cr.execute(statement)
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    env.invalidate_all()
    return rules


def _insert(env, rule):
    """Insert the callbacks of the rule plainly; return how many there are."""
    env.cr.execute(
        SQL(
            "INSERT INTO crm_callback (%(c)s) SELECT %(c)s FROM call_copy"
            " WHERE rule_id = %(rule)s",
            c=COLUMNS,
            rule=rule.id,
        )
    )
    count = env.cr.rowcount
    env.cr.commit()
    return count


def _create_rules(env):
    return env["crm.callback.rule"].create(
        [
            {
                "name": trigger,
                "trigger": trigger,
                "purpose": trigger,
                "start_date": customers.get_today(env) - timedelta(days=365),
                "interval_days": SILENT_DAYS,
                "rest_days": 0,
            }
            for trigger in TRIGGERS
        ]
    )


def _get_statements(env, size):
    kind = env.ref("crm_relations.crm_followup_kind_visit")
    return (
        SQL(
            """
            UPDATE sale_order
               SET commitment_date = current_date - interval '12 hours'
                   + CASE WHEN id %% 200 = 0 AND id < %s THEN 0
                          ELSE id %% 300 + 10 END
                   * interval '1 day'
            """,
            # The first order of each customer.
            env.execute_query(SQL("SELECT min(id) FROM sale_order"))[0][0] + size,
        ),
        SQL(
            """
            INSERT INTO crm_followup (partner_id, customer_id, kind_id, purpose,
                   user_id, date, create_date)
            SELECT id, id, %s, 'visit', user_id, moment.at, moment.at
              FROM res_partner AS customer
        CROSS JOIN LATERAL (
                   SELECT current_date - interval '12 hours' - interval '1 day'
                        * CASE WHEN id %% 200 = 1 THEN 0 ELSE id %% 60 + 10 END AS at)
                   AS moment
             WHERE ref LIKE 'BENCH %%'
            """,
            kind.id,
        ),
        SQL(
            """
            UPDATE res_partner
               SET last_followup_at = current_date - interval '1 day'
                 * CASE WHEN id %% 200 = 0 THEN %s ELSE id %% 60 END
             WHERE ref LIKE 'BENCH %%'
            """,
            SILENT_DAYS + 1,
        ),
    )
