"""What many do with the points of one card at the same time; run by
``scratch.Workers``."""

import gate

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

BUYERS = 4
POINTS = 100
PRICE = 500
COST = 200  # of Odoo's own reward of a loyalty program


def fill(env):
    """Make members: with points enough for two, or for one order of two, busy ones,
    and two that are the same."""
    club = env["crm.club"].create({"name": "Club", "pending_days": 14})
    product = env["product.product"].create(
        {"name": "Thing", "list_price": PRICE, "taxes_id": False}
    )
    for name, orders in (
        *(("Member", 0), ("Shopper", 2)),
        *(("Busy", 2), ("Twin", 0), ("Other twin", 1)),
    ):
        member = env["res.partner"].create({"name": name})
        card = env["loyalty.card"].create(
            {"program_id": club.program_id.id, "partner_id": member.id}
        )
        lots = card._earn(COST, "hand", "Welcome")
        if name == "Busy":
            lots.expires_on = fields.Date.subtract(fields.Date.today(), days=1)
            card._earn(2 * COST, "hand", "Welcome again")
        for _number in range(orders):
            _quote(env, card, product)
    _get_orders(env, "Busy")[0].action_confirm()


def spend(env, number):
    gate.act(env, lambda: _find_card(env)._spend(POINTS, f"Reward {number}"), UserError)


def earn(env, number, name="Member"):
    gate.act(
        env,
        lambda: _find_card(env, name)._earn(POINTS, "hand", f"Gift {number}"),
        UserError,
    )


def confirm(env, number, name="Shopper"):
    """An order spends its points; what it is told otherwise stands on it."""
    order = _get_orders(env, name)[int(number)]
    try:
        gate.act(env, order.action_confirm)
    except UserError as error:
        env.cr.rollback()
        order.client_order_ref = str(error)


def cancel(env, number, name):
    """Another life of an order of a member: cancelled, and confirmed again."""
    order = _get_orders(env, name)[int(number)]

    def live():
        if order.state == "sale":
            order._action_cancel()
        else:
            order.action_draft()
            order.action_confirm()

    gate.act(env, live, UserError)


def lapse(env, name):
    gate.act(env, lambda: _find_card(env, name)._bring_up_to_date(), UserError)


def pay(env, number, name):
    gate.act(
        env, lambda: _find_card(env, name)._spend(10, f"Coffee {number}"), UserError
    )


def merge(env):
    """The twins become one."""
    twins = env["res.partner"].search([("name", "ilike", "twin")], order="id")

    def become_one():
        wizard = env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(twins.ids, twins[0])

    gate.act(env, become_one, UserError)


def check(env):
    """What is on a card is what its ledger says, by what is left and by what moved."""
    cards = env["loyalty.card"].with_context(active_test=False)
    off = cards._get_off_balance()
    assert not off, off  # noqa: S101
    for card in cards.search([("program_id.club_ids", "!=", False)]):
        lines = card.history_ids
        moved = sum(line.issued - line.used for line in lines)
        waits = sum(line.remaining for line in lines if line.is_pending)
        told = (card.partner_id.name, moved, waits, card.points)
        assert abs(moved - waits - card.points) < 0.001, told  # noqa: S101


def _quote(env, card, product):
    order = env["sale.order"].create(
        {
            "partner_id": card.partner_id.id,
            "order_line": [Command.create({"product_id": product.id})],
        }
    )
    order._update_programs_and_rewards()
    reward = card.program_id.reward_ids[:1]
    status = order._apply_program_reward(reward, card)
    assert not status, status  # noqa: S101
    assert sum(order.order_line.mapped("points_cost")) >= COST  # noqa: S101


def _get_orders(env, name):
    domain = [("partner_id.name", "=", name)]
    return env["sale.order"].search(domain, order="id")


def _find_card(env, name="Member"):
    return env["loyalty.card"].search([("partner_id.name", "=", name)], limit=1)
