"""Twenty care rules over any number of customers, half a per cent of them due (CA-3).

The reference inserts the same tasks, all columns, by one plain statement.
"""

from datetime import timedelta

import customers
import stopwatch

from odoo.tools import SQL

RULES = 20
COLUMNS = SQL(
    "rule_id, partner_id, person_id, company_id, occasion, occasion_date, due_at,"
    " user_id, state, facts, res_model, res_id"
)


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio."""
    filled, rules = stopwatch.begin(_fill, env, size)
    rows = [filled]
    seconds = stopwatch.take_kept(env, lambda: [rule._create_tasks() for rule in rules])
    env.cr.execute(SQL("CREATE TEMP TABLE care_copy AS SELECT * FROM crm_care_task"))
    [(count,)] = env.execute_query(SQL("SELECT count(*) FROM care_copy"))
    again = stopwatch.take_kept(env, lambda: [rule._create_tasks() for rule in rules])
    env.cr.execute("DELETE FROM crm_care_task")
    env.cr.commit()
    plain = stopwatch.take_kept(env, _insert, env)
    title = f"care, {RULES} rules, {count} tasks"
    return [
        *rows,
        stopwatch.row(title, seconds, plain),
        stopwatch.row("the same again, nothing to do", again, plain),
    ]


def _fill(env, size):
    """Birthdays and planned deliveries, 0.5 % of the customers due by each kind."""
    customers.fill(env, size)
    birthday = env.ref("crm_relations.crm_care_rule_birthday")
    today = customers.get_today(env)
    values = {
        "start_date": today - timedelta(days=365),
        **{"plan_ahead_days": 0, "catch_up_days": 0, "offset_number": 0},
    }
    rules = birthday
    for number in range(1, RULES):
        trigger = "delivery_planned" if number % 2 else "birthday"
        rules |= birthday.copy({"name": str(number), "trigger": trigger, **values})
    env.cr.execute(
        SQL(
            """
            UPDATE sale_order
               SET commitment_date = current_date + interval '12 hours'
                   + CASE WHEN id %% 200 = 0 THEN 0 ELSE id %% 300 + 10 END
                   * interval '1 day'
            """
        )
    )
    env.cr.commit()
    env.cr.execute("ANALYZE sale_order")
    env.cr.commit()
    return rules


def _insert(env):
    env.cr.execute(
        SQL("INSERT INTO crm_care_task (%(c)s) SELECT %(c)s FROM care_copy", c=COLUMNS)
    )
