"""Key accounts among any number of customers: scores, what they bring and cost, the
two ladders, the map of one with 200 persons (KA-1, KA-3 to KA-6).

One customer in a hundred is a key account. The references read the same rows and write
the same figures, each in plain statements for all at once.
"""

import customers
import stopwatch
from account_references import LADDER, MARGIN, RETURN, SCORE, TIER_AVERAGE

from odoo.tools import SQL

from sample import cdnow, copies

KEY_PERCENT = 1
CONTACTS_EACH = 4
PERSONS = 200
ROUNDS = 5
TABLES = (
    *("crm_key_account_score", "crm_account_return", "crm_account_return_line"),
    *("crm_account_standing", "crm_account_standing_change"),
)
KEY = SQL(
    "(SELECT customer.* FROM %s WHERE number %% 100 < %s) AS customer",
    customers.CUSTOMERS,
    KEY_PERCENT,
)


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio."""
    filled, _made = stopwatch.begin(_fill, env, size)
    today = env["res.company"]._get_relations_default()._get_relations_today()
    values = {"today": today, "company": env.company.id}
    return [
        filled,
        *_measure_scores(env, values),
        *_measure_returns(env, values),
        *_measure_ladders(env, values),
        *_measure_map(env),
    ]


def _measure_scores(env, values):
    scheme = env.ref("crm_relations.crm_key_account_scheme_standard")
    values = {**values, "scheme": scheme.id}
    yield from _compare(env, "scores", scheme._run, [SCORE], values)
    env["crm.key.account.criterion"].create(
        {
            **{"scheme_id": scheme.id, "name": "Margin", "source": "margin"},
            "threshold_ids": [(0, 0, {"at_least": 20, "points": 50})],
        }
    )
    env.cr.commit()
    plain = [SCORE.replace("0 AS margin", MARGIN)]
    yield from _compare(env, "scores by margin", scheme._run, plain, values)


def _measure_returns(env, values):
    returns = env["crm.account.return"]
    count = env["crm.key.account.nomination"].search_count([])
    what = f"returns of {count}, tiers of all"
    plain = [RETURN, TIER_AVERAGE]
    yield from _compare(env, what, returns._cron_count, plain, values)
    averages = env["crm.account.return.average"]
    ours = stopwatch.take_settled(env, TABLES, averages._refresh)
    plain = stopwatch.take_settled(
        env, TABLES, _run, env, [TIER_AVERAGE], values, keeps=False
    )
    yield stopwatch.row("of these, the averages of tiers", ours, plain)


def _measure_ladders(env, values):
    ladders = env["crm.account.ladder"]
    used = ladders.search([])
    used.company_ids = env.company
    env.cr.commit()
    for audience, what in (("key", "key accounts"), ("owned", "everybody")):
        used.audience = audience
        env.cr.commit()
        plain = [LADDER]
        own = {**values, "ladder": used[0].id, "is_key": audience == "key"}
        yield from _compare(
            env,
            f"both ladders, {what}",
            lambda: ladders._judge_all(commit=True),
            plain,
            own,
        )
    used.company_ids = False
    env.cr.commit()
    left = stopwatch.take(lambda: ladders._judge_all(commit=True))
    yield stopwatch.row("everybody leaves both", left)


def _measure_map(env):
    [customer] = env["res.partner"].search([("ref", "=", "BENCH 100")])
    salesperson = customer.user_id
    salesperson.group_ids += env.ref("crm_relations.group_sales_user")
    env.cr.commit()
    times = []
    for _round in range(ROUNDS):
        env.invalidate_all()
        found, spent = stopwatch.watch(customer.with_user(salesperson).get_contact_map)
        times.append(spent)
    if found["persons"] < PERSONS:
        raise AssertionError(f"{found['persons']} persons on the map")
    yield stopwatch.row(f"map of {found['persons']} persons", min(times))


def _compare(env, what, step, plain, values):
    """Measure a step, and once more when nothing is left to do."""
    first = stopwatch.take_settled(env, TABLES, step)
    again = stopwatch.take_settled(env, TABLES, step)
    reference = stopwatch.take_settled(
        env, TABLES, _run, env, plain, values, keeps=False
    )
    yield stopwatch.row(what, first, reference)
    yield stopwatch.row(f"{what}, again", again, reference)


def _run(env, statements, values):
    for statement in statements:
        env.cr.execute(SQL(statement, **values))


def _fill(env, size):
    customers.fill(env, size)
    _copy_lines(env)
    _copy_contacts(env, size)
    _copy_nominations(env)
    _copy_persons(env)
    env.cr.execute("ANALYZE")
    env.cr.commit()
    partners = env["res.partner"]
    partners._for_pages_of_customers(partners._refresh_sales_figures)
    tiers = env["crm.tier"].search([]).ids
    env.cr.execute(
        SQL(
            "UPDATE res_partner SET tier_id = (%s::int[])[1 + id %% %s]"
            " WHERE is_managed_customer",
            *(tiers, len(tiers)),
        )
    )
    env["crm.hourly.rate"].create({"amount": 60, "date_from": "2000-01-01"})
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()


def _copy_lines(env):
    """Give each order a line of its amount."""
    order = cdnow.create_pattern_order(env)
    order.order_line.product_id.standard_price = 1
    customers.insert_bare(
        env,
        order.order_line,
        {
            "order_id": SQL("bought.id"),
            "price_unit": SQL("bought.amount_untaxed"),
            "price_subtotal": SQL("bought.amount_untaxed"),
            "price_total": SQL("bought.amount_untaxed"),
        },
        SQL(
            "(SELECT id, amount_untaxed FROM sale_order"
            " WHERE name LIKE 'B%%') AS bought"
        ),
    )


def _copy_contacts(env, size):
    """Give each customer some follow-ups, months apart."""
    pattern = env["crm.followup"].create(
        {
            "partner_id": env["res.partner"]
            .create({"name": "Pattern", "is_managed_customer": True})
            .id,
            "kind_id": env["crm.followup.kind"]
            .search([("channel", "=", "call")])[0]
            .id,
            "duration_minutes": 10,
            "purpose": "Call",
        }
    )
    customers.insert_bare(
        env,
        pattern,
        {
            "partner_id": SQL("customer.id"),
            "customer_id": SQL("customer.id"),
            "date": SQL(
                "current_date - (number * 7 %% 60 + touch * 60) * interval '1 day'"
            ),
        },
        SQL(
            "%s CROSS JOIN generate_series(0, %s) AS touch",
            *(customers.CUSTOMERS, CONTACTS_EACH - 1),
        ),
    )


def _copy_nominations(env):
    partner = env["res.partner"].search([("ref", "=", "BENCH 200")])
    pattern = env["crm.key.account.nomination"].create({"partner_id": partner.id})
    copies.insert(
        env,
        pattern,
        {
            "partner_id": SQL("customer.id"),
            "state": SQL("'approved'"),
            "since": SQL("current_date"),
        },
        KEY,
    )
    pattern.unlink()


def _copy_persons(env):
    """Give one key account persons with profiles."""
    customer = env["res.partner"].search([("ref", "=", "BENCH 100")])
    persons = env["res.partner"].create(
        [
            {"name": f"Person {n}", "parent_id": customer.id, "type": "contact"}
            for n in range(PERSONS)
        ]
    )
    env["crm.person.profile"].create(
        [
            {"partner_id": person.id, "decision_role": role, "attitude": "supporter"}
            for n, person in enumerate(persons)
            for role in [("decider", "buyer", "user", "influencer")[n % 4]]
        ]
    )
    kind = env["crm.followup.kind"].search([("channel", "=", "call")])[0]
    env["crm.followup"].create(
        [
            {
                **{"partner_id": person.id, "kind_id": kind.id},
                **{"duration_minutes": 5, "purpose": "Call"},
            }
            for person in persons[::2]
        ]
    )
