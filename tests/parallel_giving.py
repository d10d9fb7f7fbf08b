"""What is given to one customer at the same time; run by ``scratch.Workers``."""

from parallel_followups import _at_once

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import retrying

LIMIT = 100
VALUE = 60  # two are above the limit, each is below


def fill(env):
    """Make two givers, and of everything two that are above the limit together."""
    groups = [
        env.ref("crm_relations.group_relations_manager").id,
        env.ref("sales_team.group_sale_salesman_all_leads").id,
    ]
    givers = env["res.users"].create(
        [
            {"name": name, "login": name, "group_ids": [Command.set(groups)]}
            for name in ("giver0", "giver1")
        ]
    )
    tier = env["crm.tier"].create(
        {"name": "Guarded", "concession_limit": LIMIT, "guards_orders": True}
    )
    customer, house = env["res.partner"].create(
        [
            {"name": name, "is_company": True, "is_managed_customer": True}
            for name in ("Customer", "House")
        ]
    )
    (customer | house).tier_id = tier
    env["crm.gift.limit"].search([]).unlink()
    env["crm.gift.limit"].create({"per": "gift", "amount": LIMIT})
    product = env["product.product"].create(
        {"name": "Thing", "list_price": LIMIT * 10, "taxes_id": False}
    )
    for number, giver in enumerate(givers):
        item = env["crm.gift.item"].create(
            {"name": f"Gift {number}", "value": VALUE, "cost": VALUE}
        )
        env["crm.gift"].with_user(giver).create(
            {"partner_id": customer.id, "item_id": item.id, "reason": "Thanks"}
        )
        env["crm.concession"].with_user(giver).create(
            {
                **{"partner_id": customer.id, "name": f"Freight {number}"},
                **{"value": VALUE, "reason": "They insist"},
            }
        )
        line = {"product_id": product.id, "price_unit": LIMIT * 10 - VALUE}
        env["sale.order"].with_user(giver).create(
            {"partner_id": house.id, "order_line": [Command.create(line)]}
        )


def give(env, number):
    gift = _find(env, "crm.gift", number)
    _at_once(env, lambda: retrying(gift.give, env))


def concede(env, number):
    one = _find(env, "crm.concession", number)
    _at_once(env, lambda: retrying(one.ask, env))


def confirm(env, number):
    order = _find(env, "sale.order", number)
    try:
        _at_once(env, lambda: retrying(order.action_confirm, env))
    except UserError as error:
        env.cr.rollback()
        order.client_order_ref = str(error)


def _find(env, model, number):
    giver = env["res.users"].search([("login", "=", f"giver{number}")])
    return env[model].with_user(giver).search([("create_uid", "=", giver.id)])
