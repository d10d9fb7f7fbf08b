"""What is given to one customer at the same time; run by ``scratch.Workers``."""

import gate
import people

from odoo.exceptions import UserError
from odoo.fields import Command

ROLES = (
    "crm_relations.group_relations_manager",
    "sales_team.group_sale_salesman_all_leads",
)
LIMIT = 100
VALUE = 60  # two are above the limit, each is below


def fill(env):
    """Make two givers, and of everything two that are above the limit together."""
    givers = people.create(env, ["giver0", "giver1"], *ROLES)
    customer, house = _create_guarded_customers(env)
    env["crm.gift.limit"].search([]).unlink()
    env["crm.gift.limit"].create({"per": "gift", "amount": LIMIT})
    product = env["product.product"].create(
        {"name": "Thing", "list_price": LIMIT * 10, "taxes_id": False}
    )
    for giver in givers:
        _propose(giver, customer)
        line = {"product_id": product.id, "price_unit": LIMIT * 10 - VALUE}
        env["sale.order"].with_user(giver).create(
            {"partner_id": house.id, "order_line": [Command.create(line)]}
        )


def _create_guarded_customers(env):
    """Return two customers of a tier that limits what is conceded to them."""
    tier = env["crm.tier"].create(
        {"name": "Guarded", "concession_limit": LIMIT, "guards_orders": True}
    )
    customers = env["res.partner"].create(
        [
            {"name": name, "is_company": True, "is_managed_customer": True}
            for name in ("Customer", "House")
        ]
    )
    customers.tier_id = tier
    return customers


def _propose(giver, customer):
    """Let somebody write down a gift and a concession."""
    env = customer.env
    item = env["crm.gift.item"].create(
        {"name": f"Gift of {giver.name}", "value": VALUE, "cost": VALUE}
    )
    env["crm.gift"].with_user(giver).create(
        {"partner_id": customer.id, "item_id": item.id, "reason": "Thanks"}
    )
    env["crm.concession"].with_user(giver).create(
        {
            **{"partner_id": customer.id, "name": f"Freight of {giver.name}"},
            **{"value": VALUE, "reason": "They insist"},
        }
    )


def give(env, number):
    gift = _find(env, "crm.gift", number)
    gate.act(env, gift.give)


def concede(env, number):
    one = _find(env, "crm.concession", number)
    gate.act(env, one.ask)


def confirm(env, number):
    order = _find(env, "sale.order", number)
    try:
        gate.act(env, order.action_confirm)
    except UserError as error:
        env.cr.rollback()
        order.client_order_ref = str(error)


def _find(env, model, number):
    giver = people.find(env, f"giver{number}")
    return env[model].with_user(giver).search([("create_uid", "=", giver.id)])
