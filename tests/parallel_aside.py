"""One claims while another one puts aside; run by ``scratch.Workers``."""

from datetime import timedelta

import gate
import people

CUSTOMERS = 6


def fill(env):
    """Make a salesperson, who runs the pool as well, and customers in it."""
    env.company.customers_are_owned = True
    _taker, keeper = people.create(
        env,
        ["taker", "keeper"],
        "crm_relations.group_sales_user",
        "sales_team.group_sale_salesman",
    )
    pool = env["crm.pool"].create({"name": "Sea", "manager_ids": keeper.ids})
    customers = env["res.partner"].create(
        [
            {"name": f"C{number}", "ref": "SEA", "is_managed_customer": True}
            for number in range(CUSTOMERS)
        ]
    )
    env.flush_all()
    env.cr.execute(
        "UPDATE res_partner SET pool_id = %s, pool_since = now() WHERE id = ANY(%s)",
        [pool.id, customers.ids],
    )


def claim(env, number):
    """Claim the customer of this number."""
    _act(env, "taker", number, lambda customer: customer.pool_claim())


def put_aside(env, number):
    """Put it aside."""
    until = env.company._get_relations_today() + timedelta(days=30)
    _act(env, "keeper", number, lambda customer: customer.pool_put_aside(until, "Rest"))


def _act(env, login, number, act):
    customer = env["res.partner"].search([("name", "=", f"C{number}")])
    call = customer.with_user(people.find(env, login))
    gate.act(env, lambda: act(call))
