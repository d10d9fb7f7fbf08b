"""The workload report over any number of follow-ups (FU-7).

``size`` counts follow-ups, of a hundred people over two years. The reference is one
hand-written statement that groups the table of follow-ups alone.
"""

import customers
import stopwatch

from odoo.tools import SQL

PEOPLE = 100
DAYS = 730
MEASURES = ["followup_count:sum", "contacted_customers:count_distinct", "minutes:sum"]
PLAIN = """
    SELECT followup.user_id, count(*), count(DISTINCT customer_id),
           sum(duration_minutes)
      FROM crm_followup AS followup
      JOIN crm_followup_kind AS kind ON kind.id = kind_id AND counts_as_followup
     WHERE followup.date >= now() AT TIME ZONE 'UTC' - %s * interval '1 day'
  GROUP BY followup.user_id
"""


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio."""
    filled, _made = stopwatch.begin(_fill, env, size)
    rows = [filled]
    for title, days in (("month", 30), ("quarter", 91), ("two years", DAYS)):
        mine = stopwatch.take(_report, env, days)
        plain = stopwatch.take(env.cr.execute, PLAIN, [days])
        rows.append(stopwatch.row(f"report of a {title} by person", mine, plain))
    list_of_month = stopwatch.take(_list, env, 30)
    return [*rows, stopwatch.row("first page of the list of a month", list_of_month)]


def _fill(env, size):
    people = env["res.users"].create(
        [{"name": f"Person {n}", "login": f"person{n}"} for n in range(PEOPLE)]
    )
    partners = env["res.partner"].create(
        [{"name": f"Customer {n}", "is_managed_customer": True} for n in range(1000)]
    )
    pattern = env["crm.followup"].create(
        {
            "partner_id": partners[0].id,
            "kind_id": env.ref("crm_relations.crm_followup_kind_call").id,
            "purpose": "Called",
            "duration_minutes": 10,
        }
    )
    customer = SQL("(%s::int[])[1 + number * 7 %% 1000]", partners.ids)
    moment = SQL(
        "now() AT TIME ZONE 'UTC' - (number %% %s) * interval '1 day'"
        " - interval '1 hour'",
        DAYS,
    )
    values = {
        "partner_id": customer,
        "customer_id": customer,
        "user_id": SQL("(%s::int[])[1 + number %% %s]", people.ids, PEOPLE),
        "date": moment,
    }
    source = SQL("generate_series(1, %s) AS number", size)
    customers.insert_bare(env, pattern, values, source)
    env.cr.execute("ANALYZE")
    env.cr.commit()


def _report(env, days):
    return env["crm.workload.report"]._read_group(
        [("date", ">=", f"-{days}d")], ["user_id"], MEASURES
    )


def _list(env, days):
    domain = [("date", ">=", f"-{days}d")]
    return env["crm.workload.report"].search(domain, limit=80).mapped("activity")
