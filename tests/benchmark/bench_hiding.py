"""Releasing into a pool that hides, against a company whose pools hide nothing (PO-1).

``size`` customers go either way, with as many contacts and a fifth as many leads. The
batches take turns, so that what else the machine does strikes both alike.
"""

import statistics

import customers
import stopwatch

from odoo import fields
from odoo.tools import SQL

from sample import copies

OWNERS = 100
BATCH = 1000
LEAD_PERCENT = 20
HIDING = "Hides"
NUMBERS = {
    "phone": SQL("'+1 555 ' || currval('res_partner_id_seq')"),
    "phone_sanitized": SQL("'+1555' || currval('res_partner_id_seq')"),
    "email": SQL("'e' || currval('res_partner_id_seq') || '@example.com'"),
    "email_normalized": SQL("'e' || currval('res_partner_id_seq') || '@example.com'"),
}


def run(env, size):
    """Return rows of what, seconds (or a number), reference, ratio."""
    filled, _made = stopwatch.begin(_fill, env, size)
    rows = [filled]
    seconds, statements = _release(env)
    hidden = env["crm.hidden.value"].search_count([])
    return [
        *rows,
        _row(f"release {size} into a pool that hides", sum, seconds),
        _row("of these a batch, the median", statistics.median, seconds),
        _row("statements of the last batch", lambda counts: counts[-1], statements),
        ("records hidden", hidden, None, None),
    ]


def _row(what, figure, by_hiding):
    hiding, not_hiding = figure(by_hiding[True]), figure(by_hiding[False])
    return stopwatch.row(what, hiding, not_hiding)


def _release(env):
    """Release all, committing as the job does; return the seconds and the statements of
    each batch, by whether the pool hides."""
    seconds, statements = {True: [], False: []}, {True: [], False: []}
    hides, released = False, BATCH
    while released:
        _let_hide(env, hides)
        before = env.cr.sql_log_count
        released, spent = stopwatch.watch(_release_batch, env)
        if released:
            seconds[hides].append(spent)
            statements[hides].append(env.cr.sql_log_count - before)
            hides = not hides
    return seconds, statements


def _release_batch(env):
    released = env["crm.pool.rule"]._release_due(BATCH)
    env["ir.cron"]._commit_progress(released)
    return released


def _let_hide(env, hides):
    """Let the one pool hide, or no pool at all: behind Odoo's back, which would move
    what is in it. Forgotten is what was asked of pools, not what is known of models: a
    release finds that out once, not with each batch."""
    env.cr.execute(
        "UPDATE crm_pool SET hides_phone = %(hides)s, hides_email = %(hides)s,"
        " hides_contacts = %(hides)s WHERE name ->> 'en_US' = %(name)s",
        {"hides": hides, "name": HIDING},
    )
    env.cr.commit()
    env.invalidate_all()
    env.registry.clear_cache()


def _fill(env, size):
    env["res.company"].search([]).customers_are_owned = True
    owners = env["res.users"].create(
        [{"name": f"Owner {n}", "login": f"owner{n}"} for n in range(OWNERS)]
    )
    rules = _create_rules(env)
    with customers.bare(env, "res_partner"):
        _copy_customers(env, owners, rules, 2 * size)
        _copy_contacts(env)
    with customers.bare(env, "crm_lead"):
        _copy_leads(env)
    env.cr.execute("ANALYZE")
    env.cr.commit()
    env.invalidate_all()


def _create_rules(env):
    """Return a rule whose pool hides nothing, and one whose pool is to hide all."""
    rule = env.ref("crm_relations.crm_pool_rule_followup")
    rule.search([("id", "!=", rule.id)]).active = False
    rule.active = True
    pool = rule.pool_id.copy({"name": HIDING, "active": True})
    start = {"active": True, "start_date": rule.start_date}
    return rule | rule.copy({"name": HIDING, "pool_id": pool.id, **start})


def _copy_customers(env, owners, rules, number):
    pattern = env["res.partner"].create(
        {"name": "Customer", "is_company": True, "is_managed_customer": True}
    )
    # A batch takes those that are due for longest: all of one rule, then of the other.
    turn = SQL("(number - 1) / %s", BATCH)
    values = {
        "commercial_partner_id": SQL("currval('res_partner_id_seq')"),
        "ref": SQL("'BENCH ' || number"),
        "name": SQL("'Customer ' || number"),
        "complete_name": SQL("'Customer ' || number"),
        **NUMBERS,
        "user_id": SQL("(%s::int[])[1 + number %% %s]", owners.ids, OWNERS),
        "owner_since": SQL("now() AT TIME ZONE 'UTC' - interval '400 days'"),
        "pool_release_date": SQL("%s::date + %s", _get_first_day(), turn),
        "pool_rule_id": SQL("(%s::int[])[1 + %s %% 2]", rules.ids, turn),
        "pool_release_facts": SQL('\'{"code": "pool_followup"}\'::jsonb'),
    }
    source = SQL("generate_series(1, %s) AS number", number)
    copies.insert(env, pattern, values, source)
    pattern.unlink()


def _get_first_day():
    return fields.Date.to_date("2000-01-01")


def _copy_contacts(env):
    pattern = env["res.partner"].create({"name": "Contact"})
    values = {
        "parent_id": SQL("customer.id"),
        "commercial_partner_id": SQL("customer.id"),
        **NUMBERS,
        "user_id": SQL("customer.user_id"),
    }
    source = SQL(
        "(SELECT id, user_id FROM res_partner WHERE ref LIKE 'BENCH %%') AS customer"
    )
    copies.insert(env, pattern, values, source)
    pattern.unlink()


def _copy_leads(env):
    pattern = env["crm.lead"].create({"name": "Lead", "type": "lead"})
    values = {
        "partner_id": SQL("customer.id"),
        "phone": SQL("'+1 555 ' || customer.id"),
        "email_from": SQL("'e' || customer.id || '@example.com'"),
        "email_normalized": SQL("'e' || customer.id || '@example.com'"),
    }
    source = SQL("%s", customers.CUSTOMERS)
    pattern_rows = SQL(
        "(SELECT * FROM %s WHERE customer.number %% 100 < %s) AS customer",
        source,
        LEAD_PERCENT,
    )
    copies.insert(env, pattern, values, pattern_rows)
    pattern.unlink()
