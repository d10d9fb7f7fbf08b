"""Real purchase histories as customers and confirmed orders.

The CDNOW sample (2,357 customers, 6,919 orders, January 1997 to June 1998), moved so
that its last order was yesterday. Days and amounts are as recorded; names, cities and
numbers are made up, which a tag and a note on each customer say. One customer and one
order are made by Odoo itself; the others are copies of these two rows with their own
figures, written by a few statements.
"""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

from odoo.tools import SQL

from . import copies
from .people import make_people

ORDERS = Path(__file__).with_name("cdnow_sample_orders.csv")
REFERENCE = "CDNOW"
COST = 8  # of a disc, made up: half of what they bring on the average


def read_orders(path=ORDERS):
    """Return ``[(customer, date, units, amount as text), …]`` as recorded."""
    with path.open(newline="") as source:
        return [
            (
                row["customer"],
                date.fromisoformat(row["date"]),
                int(row["units"]),
                row["amount"],
            )
            for row in csv.DictReader(source)
        ]


def move_dates(orders, last):
    """Return the orders moved in time so that the latest falls on ``last``."""
    shift = last - max(day for _customer, day, _units, _amount in orders)
    return [(name, day + shift, units, amount) for name, day, units, amount in orders]


def load(env, owners=None, today=None, until=None):
    """Load what is missing of the sample; later calls find it and do nothing.

    :param owners: salespeople among whom the customers are dealt out, may be empty
    :param today: the day whose yesterday is the last order's, default today
    :param until: leave out what was ordered later, default nothing
    :return: dict(customers=…, orders=…), what is there
    """
    today = today or env["res.company"]._get_relations_default()._get_relations_today()
    orders = move_dates(read_orders(), today - timedelta(days=1))
    first = {}
    for name, day, _units, _amount in orders:
        first.setdefault(name, day)
    if not (customers := _find_customers(env)):
        customers = _create_customers(env, first, owners)
        _analyze(env, "res_partner")
        env["res.partner"]._refresh_completeness()
    numbered = [
        (number, order)
        for number, order in enumerate(orders, start=1)
        if until is None or order[1] <= until
    ]
    there = _find_orders(env)
    missing = [(n, order) for n, order in numbered if n not in there]
    if missing:
        _create_orders(env, customers, missing)
        _analyze(env, "sale_order", "sale_order_line")
        env["res.partner"]._refresh_sales_figures()
    return {"customers": len(first), "orders": len(numbered)}


def _analyze(env, *tables):
    """Let PostgreSQL know what these tables hold now. Where it takes them for empty,
    as after tests that have rolled back, it goes through all of one for each row of
    another."""
    env.flush_all()
    for table in tables:
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))


def _find_orders(env):
    """Return the numbers of the orders that are there."""
    rows = env.execute_query(
        SQL("SELECT client_order_ref FROM sale_order WHERE name LIKE 'CD_____'")
    )
    return {int(number) for (number,) in rows}


def _find_customers(env):
    domain = [("ref", "=like", f"{REFERENCE} %")]
    return {
        partner.ref.removeprefix(f"{REFERENCE} "): partner.id
        for partner in env["res.partner"].search(domain)
    }


def _create_customers(env, first, owners):
    """Write one customer for each name; return ``{name: id}``."""
    model = env["res.partner"]
    pattern = model.create(
        {
            "name": "CDNOW",
            "is_managed_customer": True,
            "comment": env._(
                "Sample: the orders are real, name, city and number are made up."
            ),
            "nature_id": env.ref("crm_relations.crm_customer_nature_individual").id,
            "country_id": env.ref("base.us").id,
        }
    )
    owner_ids = list(owners.ids) if owners else [None]
    rows = SQL(", ").join(
        SQL(
            "(%s, %s::date, %s::int, %s, %s, %s, %s, %s)",
            f"{REFERENCE} {name}",
            day,
            owner_ids[number % len(owner_ids)],
            *person,
        )
        for number, ((name, day), person) in enumerate(
            zip(sorted(first.items()), make_people(len(first)), strict=True)
        )
    )
    values = {
        "name": SQL("source.name"),
        "complete_name": SQL("source.name"),
        "ref": SQL("source.ref"),
        "relation_since": SQL("source.since"),
        "user_id": SQL("source.owner"),
        "owner_since": SQL("CASE WHEN source.owner IS NOT NULL THEN source.since END"),
        "create_date": SQL("source.since"),
        "commercial_partner_id": SQL("currval('res_partner_id_seq')"),
        "city": SQL("source.city"),
        "state_id": SQL("state.id"),
        "phone": SQL("source.phone"),
        "phone_sanitized": SQL("source.dialled"),
    }
    source = SQL(
        """
        (VALUES %s) AS source (ref, since, owner, name, city, state, phone, dialled)
        JOIN res_country_state AS state ON state.code = source.state
                                       AND state.country_id = %s
        """,
        rows,
        pattern.country_id.id,
    )
    copies.insert(env, pattern, values, source)
    pattern.unlink()
    customers = _find_customers(env)
    _tag(env, list(customers.values()))
    return customers


def _tag(env, ids):
    """Say on each of them that it is nobody."""
    tag = env["res.partner.category"].create({"name": env._("Sample, made-up name")})
    env.flush_all()
    env.cr.execute(
        SQL(
            "INSERT INTO res_partner_res_partner_category_rel (partner_id, category_id)"
            " SELECT unnest(%s::int[]), %s",
            ids,
            tag.id,
        )
    )
    env.invalidate_all()


def _create_orders(env, customers, orders):
    pattern = create_pattern_order(env)
    rows = SQL(", ").join(
        SQL(
            "(%s, %s, %s::timestamp, %s::numeric, %s::numeric)",
            number,
            customers[name],
            datetime.combine(day, datetime.min.time()) + timedelta(hours=12),
            units,
            amount,
        )
        for number, (name, day, units, amount) in orders
    )
    # Whoever has the customer made the order; nobody where it is in the pool.
    source = SQL(
        """
        (VALUES %s) AS source (number, partner_id, ordered, units, amount)
        JOIN res_partner AS customer ON customer.id = source.partner_id
   LEFT JOIN res_users AS owner ON owner.id = customer.user_id
        """,
        rows,
    )
    copies.insert(
        env,
        pattern,
        {
            "name": SQL("'CD' || lpad(source.number::text, 5, '0')"),
            "partner_id": SQL("source.partner_id"),
            "partner_invoice_id": SQL("source.partner_id"),
            "partner_shipping_id": SQL("source.partner_id"),
            "client_order_ref": SQL("source.number::text"),
            "user_id": SQL("owner.id"),
            "team_id": SQL("COALESCE(owner.sale_team_id, pattern.team_id)"),
            "date_order": SQL("source.ordered"),
            "create_date": SQL("source.ordered"),
            "amount_untaxed": SQL("source.amount"),
            "amount_tax": SQL("0"),
            "amount_total": SQL("source.amount"),
            "access_token": SQL("NULL"),
        },
        source,
    )
    copies.insert(
        env,
        pattern.order_line,
        {
            "order_id": SQL("o.id"),
            "order_partner_id": SQL("source.partner_id"),
            "salesman_id": SQL("owner.id"),
            "product_uom_qty": SQL("source.units"),
            "price_unit": SQL("source.amount / greatest(source.units, 1)"),
            "price_subtotal": SQL("source.amount"),
            "price_total": SQL("source.amount"),
            "price_tax": SQL("0"),
        },
        SQL(
            "%s JOIN sale_order AS o ON o.client_order_ref = source.number::text "
            "AND o.name LIKE 'CD_____'",
            source,
        ),
    )
    pattern.with_context(disable_cancel_warning=True)._action_cancel()
    pattern.unlink()


def create_pattern_order(env):
    product = env["product.product"].search([("default_code", "=", REFERENCE)], limit=1)
    if not product:
        product = product.create(
            {
                "name": "CD",
                "default_code": REFERENCE,
                "type": "service",
                "list_price": 1,
                "standard_price": COST,
                "taxes_id": False,
            }
        )
    company = env["res.company"]._get_relations_default()
    order = (
        env["sale.order"]
        .with_company(company)
        .create(
            {
                "partner_id": company.partner_id.id,
                "order_line": [(0, 0, {"product_id": product.id, "price_unit": 1})],
            }
        )
    )
    order.action_confirm()
    return order
