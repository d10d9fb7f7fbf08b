"""Fill a scratch database with any number of customers, by copying rows of Odoo's."""

import contextlib
from datetime import timedelta

from odoo.tools import SQL

from sample import cdnow, copies

OWNERS = 100
NOT_DUE_DAYS, DUE_DAYS = 10, 100
DUE_PERCENT = 10
CONTACT_PERCENT = 20
BIRTHDAY_PER_MILLE = 2  # more than by chance: 0.5 % have it today
ORDERS_OF_TWO = 9  # 4.5 orders a customer

CUSTOMERS = SQL(
    "(SELECT id, split_part(ref, ' ', 2)::int AS number FROM res_partner"
    " WHERE ref LIKE 'BENCH %%') AS customer"
)


def fill(env, size):
    """Make ``size`` owned customers with orders, contacts and birthdays; commit."""
    env["res.company"].search([]).customers_are_owned = True
    _start_rules(env)
    owners = env["res.users"].create(
        [{"name": f"Owner {n}", "login": f"owner{n}"} for n in range(OWNERS)]
    )
    with bare(env, "res_partner"):
        copy_customers(env, owners, size)
        copy_contacts(env)
    with bare(env, "sale_order"):
        _copy_orders(env, size)
    with bare(env, "crm_person_profile"):
        copy_profiles(env)
    env.cr.execute("ANALYZE")
    env.cr.commit()


@contextlib.contextmanager
def bare(env, table):
    """Fill a table without its indexes and foreign keys, which come back after it."""
    keys = env.execute_query(
        SQL(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'f'",
            table,
        )
    )
    indexes = env.execute_query(
        SQL(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)"
            "  FROM pg_index WHERE indrelid = %s::regclass AND NOT indisunique",
            table,
        )
    )
    for name, _definition in keys:
        env.cr.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        env.cr.execute(f"DROP INDEX {name}")
    env.cr.execute(f"ANALYZE {table}")
    yield
    for _name, definition in indexes:
        env.cr.execute(definition)
    for name, definition in keys:
        definition = f'ADD CONSTRAINT "{name}" {definition} NOT VALID'
        env.cr.execute(f"ALTER TABLE {table} {definition}")


def insert_bare(env, pattern, values, source):
    """Insert copies of a row into its table while it is bare."""
    with bare(env, pattern._table):
        copies.insert(env, pattern, values, source)


def _start_rules(env):
    """Keep one rule of each kind, started a year ago."""
    today = get_today(env)
    for name in ("tier_scheme_revenue", "pool_rule_followup", "care_rule_birthday"):
        rule = env.ref(f"crm_relations.crm_{name}")
        rule.search([("id", "!=", rule.id)]).active = False
        rule.write({"active": True, "start_date": today - timedelta(days=365)})
    rule.write({"offset_number": 0, "plan_ahead_days": 0, "catch_up_days": 0})
    layers = env["crm.lifecycle.rule"].search([])
    layers.start_date = today - timedelta(days=365)


def get_today(env):
    return env["res.company"]._get_relations_default()._get_relations_today()


def copy_customers(env, owners, size):
    pattern = env["res.partner"].create(
        {"name": "Customer", "is_company": False, "is_managed_customer": True}
    )
    age = SQL(
        "CASE WHEN number %% 100 < %s THEN %s ELSE %s END",
        *(DUE_PERCENT, DUE_DAYS, NOT_DUE_DAYS),
    )
    name = SQL("'Customer ' || number")
    values = {
        "name": name,
        "complete_name": name,
        "ref": SQL("'BENCH ' || number"),
        "phone": SQL("CASE WHEN number %% 3 = 0 THEN '+1 555 ' || number END"),
        "city": SQL("CASE WHEN number %% 2 = 0 THEN 'City ' || number %% 500 END"),
        "commercial_partner_id": SQL("currval('res_partner_id_seq')"),
        "user_id": SQL("(%s::int[])[1 + number %% %s]", owners.ids, OWNERS),
        "owner_since": SQL("now() AT TIME ZONE 'UTC' - %s * interval '1 day'", age),
    }
    numbers = SQL("generate_series(1, %s) AS number", size)
    copies.insert(env, pattern, values, numbers)
    pattern.unlink()


def copy_contacts(env):
    pattern = env["res.partner"].create({"name": "Contact"})
    values = {
        "parent_id": SQL("customer.id"),
        "commercial_partner_id": SQL("customer.id"),
        "user_id": SQL("customer.user_id"),
    }
    some = SQL(
        "(SELECT id, user_id FROM res_partner WHERE ref LIKE 'BENCH %%'"
        " AND split_part(ref, ' ', 2)::int %% 10 < %s) AS customer",
        CONTACT_PERCENT // 10,
    )
    copies.insert(env, pattern, values, some)
    pattern.unlink()


def _copy_orders(env, size):
    pattern = cdnow.create_pattern_order(env)
    # Few buy much, as everywhere: a hash stands for the luck of the draw.
    luck = SQL("(1 + abs(hashint4(number)) %% 9999) / 10000.0")
    amount = SQL("round((10 / power(%s, 1.2))::numeric, 2)", luck)
    # At noon: the same day for every company near Greenwich.
    ordered = SQL(
        "current_date - (1 + number %% 700) * interval '1 day' + interval '12 hours'"
    )
    values = {
        "name": SQL("'B' || number"),
        "partner_id": SQL("customer_id"),
        "partner_invoice_id": SQL("customer_id"),
        "partner_shipping_id": SQL("customer_id"),
        "date_order": ordered,
        "create_date": ordered,
        "amount_untaxed": amount,
        "amount_tax": SQL("0"),
        "amount_total": amount,
        "access_token": SQL("NULL"),
    }
    rows = SQL(
        "(SELECT orders.number, customer.id AS customer_id"
        "   FROM generate_series(1, %s) AS orders (number)"
        "   JOIN %s ON customer.number = 1 + (orders.number - 1) %% %s) AS source",
        *(size * ORDERS_OF_TWO // 2, CUSTOMERS, size),
    )
    copies.insert(env, pattern, values, rows)


def copy_profiles(env):
    today = get_today(env)
    person = env["res.partner"].create({"name": "Person"})
    pattern = env["crm.person.profile"].create({"partner_id": person.id})
    is_today = SQL("customer.number %% 1000 < %s", BIRTHDAY_PER_MILLE)
    month = SQL("1 + customer.number %% 12")
    day = SQL("1 + customer.number / 12 %% 28")
    values = {
        "partner_id": SQL("customer.id"),
        "customer_id": SQL("customer.id"),
        "birth_month": SQL(
            "CASE WHEN %s THEN %s ELSE %s END", is_today, today.month, month
        ),
        "birth_day": SQL("CASE WHEN %s THEN %s ELSE %s END", is_today, today.day, day),
    }
    copies.insert(env, pattern, values, CUSTOMERS)
    pattern.unlink()
    person.unlink()
