"""Notices before a release to a thousand salespeople (PO-4).

``size`` counts customers, a tenth of which leave within the week. The reference is the
plain INSERT of the same notices, by one hand-written statement.
"""

import resource
from datetime import timedelta

import customers
import stopwatch

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

PEOPLE = 1000
LEAVING_PERCENT = 10
PLAIN = """
    INSERT INTO crm_pool_notice (partner_id, company_id, user_id, owner_id,
           release_date, step_days, facts, decided_at, create_date)
    SELECT id, company_id, user_id, user_id, pool_release_date, 7, pool_release_facts,
           now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
      FROM res_partner WHERE pool_release_date <= %s
"""


def run(env, size):
    """Return rows of what, seconds (or a number), reference, ratio."""
    day = _get_working_day(env)
    filled, people = stopwatch.begin(_fill, env, size, day)
    env.cr.execute("SAVEPOINT plain")
    plain = stopwatch.take(env.cr.execute, PLAIN, [day + timedelta(days=7)])
    env.cr.execute("ROLLBACK TO SAVEPOINT plain")
    before = env.cr.sql_log_count
    mine = stopwatch.take(_announce, env, people, day)
    told = env["crm.pool.notice"].search_count([])
    rows = [
        filled,
        stopwatch.row("write the notices of all people", mine, plain),
        ("notices", told, None, None),
        ("statements of it", env.cr.sql_log_count - before, None, None),
    ]
    env.cr.rollback()
    before = env.cr.sql_log_count
    env["crm.my.day"].flush_model()
    env["res.company"].search([]).relations_digest_way = "both"
    whole = stopwatch.take(env["crm.daily.digest"]._send_in, env.company, day)
    mails = env["mail.mail"].search_count([])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        *rows,
        stopwatch.row("send all digests, mail and chat", whole),
        ("mails", mails, None, None),
        ("statements a person", (env.cr.sql_log_count - before) / mails, None, None),
        ("most memory, MB", memory, None, None),
    ]


def _announce(env, people, day):
    digests = env["crm.daily.digest"]._take(people, day)
    env["crm.pool.notice"]._announce(digests, day)


def _get_working_day(env):
    """Return the next Wednesday, on which all work."""
    today = fields.Date.today()
    return today + timedelta(days=(2 - today.weekday()) % 7)


def _create_people(env):
    groups = [
        Command.link(env.ref("crm_relations.group_sales_user").id),
        Command.link(env.ref("sales_team.group_sale_salesman").id),
    ]
    context = {"no_reset_password": True, "tracking_disable": True}
    people = env["res.users"].with_context(**context)
    return people.create(
        [
            {
                "name": f"Person {number}",
                "login": f"person{number}",
                "email": f"person{number}@example.com",
                "group_ids": groups,
            }
            for number in range(PEOPLE)
        ]
    )


def _fill(env, size, day):
    env["res.company"].search([]).customers_are_owned = True
    people = _create_people(env)
    rule = env["crm.pool.rule"].create(
        {
            "name": "Rule",
            "days": 30,
            "pool_id": env.ref("crm_relations.crm_pool_public").id,
        }
    )
    pattern = env["res.partner"].create(
        {"name": "Customer", "is_managed_customer": True}
    )
    leaves = SQL(
        "CASE WHEN number %% 100 < %s THEN %s::date + 1 + number %% 7"
        " ELSE %s::date + 20 END",
        *(LEAVING_PERCENT, day, day),
    )
    owner = SQL("(%s::int[])[1 + number / 100 %% %s]", people.ids, PEOPLE)
    values = {
        "commercial_partner_id": SQL("currval('res_partner_id_seq')"),
        "name": SQL("'Customer ' || number"),
        "complete_name": SQL("'Customer ' || number"),
        "user_id": owner,
        "pool_release_date": leaves,
        "pool_rule_id": rule.id,
        "pool_release_facts": SQL(
            "jsonb_build_object('code', 'pool_followup', 'days', 30,"
            " 'owned', %s::date - 25, 'release', %s, 'user', %s, 'pool', %s::int)",
            *(day, leaves, owner, rule.pool_id.id),
        ),
    }
    source = SQL("generate_series(1, %s) AS number", size)
    customers.insert_bare(env, pattern, values, source)
    env.cr.execute("ANALYZE res_partner")
    env.cr.commit()
    return people
