"""What Next for a team of 50 people, half of all customers (FU-11).

``size`` counts customers; with 40,000 the team has 20,000. The reference reads the same
rows of the customers, ordered by their sales, with nothing else looked up.
"""

import statistics

import customers
import stopwatch

from odoo.tools import SQL

from sample import copies

TEAM = customers.OWNERS // 2
TIMES = 5
PAGE = 80
PLAIN = """
    SELECT id, user_id, tier_id, lifecycle, sales_12_months, last_followup_at,
           contact_due_date, pool_release_date
      FROM res_partner
     WHERE user_id = ANY(%s) AND is_managed_customer AND active
  ORDER BY sales_12_months DESC NULLS LAST, id LIMIT %s
"""


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio."""
    filled, _made = stopwatch.begin(_fill, env, size)
    rows = [filled]
    owners = env["res.users"].search([("login", "=like", "owner%")])
    whose = (("one person", owners[:1]), (f"a team of {TEAM}", owners[:TEAM]))
    for title, users in whose:
        for words, limit in (("first page", PAGE), ("all lines", None)):
            mine = _timed(env, lambda users=users, limit=limit: _read(users, limit))
            plain = _timed(
                env,
                lambda users=users, limit=limit: env.execute_query(
                    SQL(PLAIN, users.ids, limit)
                ),
            )
            rows.append(stopwatch.row(f"{words} of {title}", mine, plain))
    team = owners[:TEAM]
    before = env.cr.sql_log_count
    _read(team, PAGE)
    rows.append(("statements of a page", env.cr.sql_log_count - before, None, None))
    lines = env["crm.next.contact"].search_count([("user_id", "in", team.ids)])
    return [*rows, ("lines of the team", lines, None, None)]


def _read(users, limit):
    lines = users.env["crm.next.contact"]
    names = ["partner_id", "user_id", "at_stake", "facts"]
    domain = [("user_id", "in", users.ids)]
    return len(lines.search_fetch(domain, names, limit=limit))


def _fill(env, size):
    customers.fill(env, size)
    _add_signs(env)


def _add_signs(env):
    """Let a tenth have a quotation, a tenth have written, a tenth have a plan."""
    partners = env["res.partner"]
    partners._for_pages_of_customers(partners._refresh_sales_figures)
    env["res.partner"]._refresh_usual_intervals()
    partners._refresh_activity()
    env["crm.usual.value"]._refresh()
    pattern = env["sale.order"].create({"partner_id": env.user.partner_id.id})
    links = ("partner_id", "partner_invoice_id", "partner_shipping_id")
    copies.insert(
        env,
        pattern,
        {
            "name": SQL("'Q' || customer.id"),
            **dict.fromkeys(links, SQL("customer.id")),
            "access_token": SQL("NULL"),
        },
        _get_tenth(0),
    )
    message = env["mail.message"].create(
        {"model": "res.partner", "message_type": "email", "body": "?"}
    )
    copies.insert(
        env,
        message,
        {
            **dict.fromkeys(("res_id", "author_id"), SQL("customer.id")),
            "message_id": SQL("NULL"),
        },
        _get_tenth(1),
    )
    plan = env.user.partner_id.activity_schedule("mail.mail_activity_data_todo")
    owner = SQL("(SELECT user_id FROM res_partner WHERE id = customer.id)")
    copies.insert(
        env,
        plan,
        {"res_id": SQL("customer.id"), "user_id": owner},
        _get_tenth(2),
    )
    env.cr.execute("ANALYZE")
    env.cr.commit()


def _get_tenth(place):
    return SQL(
        "(SELECT * FROM %s WHERE number %% 10 = %s) AS customer",
        *(customers.CUSTOMERS, place),
    )


def _timed(env, step):
    """Return the median of some times, with nothing read before."""
    seconds = []
    for _time in range(TIMES):
        env.invalidate_all()
        seconds.append(stopwatch.take(step))
    return statistics.median(seconds)
