"""Real purchase histories as customers and confirmed orders.

The CDNOW sample (2,357 customers, 6,919 orders, January 1997 to June 1998), moved so
that its last order was yesterday. One customer and one order are made by Odoo itself;
the others are copies of these two rows with their own figures, written by three
statements.
"""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

from odoo.tools import SQL

ORDERS = Path(__file__).with_name("cdnow_sample_orders.csv")
REFERENCE = "CDNOW"


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


def load(env, owners=None, today=None):
    """Load the sample once; later calls find it and do nothing.

    :param owners: salespeople among whom the customers are dealt out, may be empty
    :param today: the day whose yesterday is the last order's, default today
    :return: dict(customers=…, orders=…), what is there
    """
    today = today or env["res.company"]._get_relations_default()._get_relations_today()
    orders = move_dates(read_orders(), today - timedelta(days=1))
    first = {}
    for name, day, _units, _amount in orders:
        first.setdefault(name, day)
    if not _find_customers(env):
        customers = _create_customers(env, first, owners)
        _create_orders(env, customers, orders)
        env["res.partner"]._refresh_sales_figures()
        env["res.partner"]._refresh_completeness()
    return {"customers": len(first), "orders": len(orders)}


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
            "nature_id": env.ref("crm_relations.crm_customer_nature_individual").id,
            "country_id": env.ref("base.us").id,
        }
    )
    owner_ids = list(owners.ids) if owners else [None]
    rows = SQL(", ").join(
        SQL(
            "(%s, %s, %s::date, %s::int)",
            f"CDNOW {name}",
            f"{REFERENCE} {name}",
            day,
            owner_ids[number % len(owner_ids)],
        )
        for number, (name, day) in enumerate(sorted(first.items()))
    )
    values = {
        "id": SQL("nextval('res_partner_id_seq')"),
        "name": SQL("source.name"),
        "complete_name": SQL("source.name"),
        "ref": SQL("source.ref"),
        "relation_since": SQL("source.since"),
        "user_id": SQL("source.owner"),
        "owner_since": SQL("CASE WHEN source.owner IS NOT NULL THEN source.since END"),
        "create_date": SQL("source.since"),
        "commercial_partner_id": SQL("currval('res_partner_id_seq')"),
    }
    source = SQL("(VALUES %s) AS source (name, ref, since, owner)", rows)
    _copy_row(env, pattern, values, source)
    pattern.unlink()
    return _find_customers(env)


def _create_orders(env, customers, orders):
    pattern = _create_pattern_order(env)
    rows = SQL(", ").join(
        SQL(
            "(%s, %s, %s::timestamp, %s::numeric, %s::numeric)",
            number,
            customers[name],
            datetime.combine(day, datetime.min.time()) + timedelta(hours=12),
            units,
            amount,
        )
        for number, (name, day, units, amount) in enumerate(orders, start=1)
    )
    source = SQL(
        "(VALUES %s) AS source (number, partner_id, ordered, units, amount)", rows
    )
    _copy_row(
        env,
        pattern,
        {
            "id": SQL("nextval('sale_order_id_seq')"),
            "name": SQL("'CD' || lpad(source.number::text, 5, '0')"),
            "partner_id": SQL("source.partner_id"),
            "partner_invoice_id": SQL("source.partner_id"),
            "partner_shipping_id": SQL("source.partner_id"),
            "client_order_ref": SQL("source.number::text"),
            "date_order": SQL("source.ordered"),
            "create_date": SQL("source.ordered"),
            "amount_untaxed": SQL("source.amount"),
            "amount_tax": SQL("0"),
            "amount_total": SQL("source.amount"),
            "access_token": SQL("NULL"),
        },
        source,
    )
    _copy_row(
        env,
        pattern.order_line,
        {
            "id": SQL("nextval('sale_order_line_id_seq')"),
            "order_id": SQL("o.id"),
            "order_partner_id": SQL("source.partner_id"),
            "product_uom_qty": SQL("source.units"),
            "price_unit": SQL("source.amount / greatest(source.units, 1)"),
            "price_subtotal": SQL("source.amount"),
            "price_total": SQL("source.amount"),
            "price_tax": SQL("0"),
        },
        SQL(
            "%s JOIN sale_order AS o ON o.client_order_ref = source.number::text "
            "AND o.name LIKE 'CD%%'",
            source,
        ),
    )
    pattern.with_context(disable_cancel_warning=True)._action_cancel()
    pattern.unlink()


def _create_pattern_order(env):
    product = env["product.product"].create(
        {"name": "CD", "type": "service", "list_price": 1, "taxes_id": False}
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


def _copy_row(env, record, values, source):
    """Insert a copy of ``record``'s row for each row of ``source``, with ``values``
    (column: SQL) instead of its own."""
    env.flush_all()
    columns = [
        name
        for (name,) in env.execute_query(
            SQL(
                "SELECT column_name FROM information_schema.columns "
                "WHERE table_schema = current_schema AND table_name = %s "
                "AND is_generated = 'NEVER'",
                record._table,
            )
        )
    ]
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s AS pattern CROSS JOIN %s "
            "WHERE pattern.id = %s",
            SQL.identifier(record._table),
            SQL(", ").join(SQL.identifier(name) for name in columns),
            SQL(", ").join(
                values.get(name) or SQL.identifier("pattern", name) for name in columns
            ),
            SQL.identifier(record._table),
            source,
            record.id,
        )
    )
    record.env.invalidate_all()
