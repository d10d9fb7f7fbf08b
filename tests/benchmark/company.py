"""A company that works with Odoo already, without our addons; see setup/bench install.

Nothing of ours is there while it is filled.
"""

from odoo.fields import Command
from odoo.tools import SQL

from sample import copies

ORDERED_PERCENT = 25
INVOICED_PERCENT = 25  # among them those with orders
CONTACT_PERCENT = 25


def fill(env, size):
    """Make ``size`` contacts: companies, a quarter of which buys, and persons there."""
    companies = size * (100 - CONTACT_PERCENT) // 100
    _copy_companies(env, companies)
    _copy_contacts(env, companies, size - companies)
    _copy_orders(env)
    env.cr.commit()
    env.cr.execute("ANALYZE")


def _copy_companies(env, number):
    pattern = env["res.partner"].create({"name": "Company", "is_company": True})
    name = SQL("'Company ' || number")
    values = {
        "name": name,
        "complete_name": name,
        "ref": SQL("'BENCH ' || number"),
        "phone": SQL("'+1 555 ' || number"),
        "city": SQL("'City ' || number %% 500"),
        "commercial_partner_id": SQL("currval('res_partner_id_seq')"),
        "user_id": SQL("CASE WHEN number %% 2 = 0 THEN 2 END"),
        "customer_rank": SQL(
            "CASE WHEN number %% 100 < %s THEN 1 ELSE 0 END", INVOICED_PERCENT
        ),
    }
    numbers = SQL("generate_series(1, %s) AS number", number)
    copies.insert(env, pattern, values, numbers)
    pattern.unlink()


def _copy_contacts(env, companies, number):
    pattern = env["res.partner"].create({"name": "Person"})
    values = {
        "parent_id": SQL("company.id"),
        "commercial_partner_id": SQL("company.id"),
    }
    some = SQL(
        "(SELECT id FROM res_partner WHERE ref LIKE 'BENCH %%' LIMIT %s) AS company",
        min(number, companies),
    )
    copies.insert(env, pattern, values, some)
    pattern.unlink()


def _copy_orders(env):
    pattern = _create_order(env)
    values = {
        "name": SQL("'B' || customer.id"),
        "partner_id": SQL("customer.id"),
        "partner_invoice_id": SQL("customer.id"),
        "partner_shipping_id": SQL("customer.id"),
        "access_token": SQL("NULL"),
    }
    some = SQL(
        "(SELECT id FROM res_partner WHERE ref LIKE 'BENCH %%'"
        "    AND split_part(ref, ' ', 2)::int %% 100 < %s) AS customer",
        ORDERED_PERCENT,
    )
    copies.insert(env, pattern, values, some)


def _create_order(env):
    product = env["product.product"].create({"name": "Goods", "type": "service"})
    line = Command.create({"product_id": product.id, "price_unit": 100})
    order = env["sale.order"].create(
        {"partner_id": env.company.partner_id.id, "order_line": [line]}
    )
    order.action_confirm()
    return order


def take_in(env):
    """Run what takes the existing customers in, to its end."""
    job = env.ref("crm_relations.ir_cron_take_in")
    while env["crm.take.in"].search([("rounds_left", "=", 2)]):
        job.method_direct_trigger()
        env.cr.commit()  # to see what it did
