"""What many do with the points of one card at the same time; run by
``scratch.Workers``."""

from parallel_followups import _at_once

from odoo.exceptions import UserError
from odoo.service.model import retrying

BUYERS = 4
POINTS = 100


def fill(env):
    """Make a member with points enough for two."""
    club = env["crm.club"].create({"name": "Club"})
    member = env["res.partner"].create({"name": "Member"})
    card = env["loyalty.card"].create(
        {"program_id": club.program_id.id, "partner_id": member.id}
    )
    card._earn(2 * POINTS, "hand", "Welcome")


def spend(env, number):
    _at_once(env, lambda: retrying(lambda: _spend(env, number), env))


def earn(env, number):
    _at_once(
        env,
        lambda: retrying(
            lambda: _find_card(env)._earn(POINTS, "hand", f"Gift {number}"), env
        ),
    )


def _spend(env, number):
    try:
        _find_card(env)._spend(POINTS, f"Reward {number}")
    except UserError:
        return  # not enough is left


def _find_card(env):
    return env["loyalty.card"].search([("program_id.club_ids", "!=", False)], limit=1)
