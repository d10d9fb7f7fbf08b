"""What many do at the same time with follow-ups; run by ``scratch.Workers``.

Each process opens its snapshot first and waits at the gate: none of them sees what the
others are about to write.
"""

import time

import gate
import people

NUMBER = "+86 138 0013 8000"
VISITORS = 6


def fill(env):
    """Make a customer with a number and a place, a salesperson, visitors who wait."""
    env["res.company"].search([]).customers_are_owned = True
    seller = people.create(
        env,
        ["seller"],
        "crm_relations.group_sales_manager",
        "sales_team.group_sale_salesman",
    )
    env["res.partner"].create(
        {
            "name": "Customer",
            "ref": "PARALLEL",
            "phone": NUMBER,
            "is_managed_customer": True,
            "user_id": seller.id,
            "partner_latitude": 31.0,
            "partner_longitude": 121.0,
        }
    )
    users = env["res.users"].create(
        [{"name": f"C{n}", "login": f"c{n}"} for n in range(VISITORS)]
    )
    env["crm.reception.consultant"].create(
        [{"user_id": user.id, "is_present": True} for user in users]
    )
    env["crm.reception"].create([{"name": f"Visitor {n}"} for n in range(VISITORS)])


def log_call(env, call_id):
    """The exchange sends one call several times."""
    calls = env["crm.followup"]
    found = gate.act(
        env,
        lambda: calls.log_call(
            NUMBER, "in", "2026-01-01T10:00:00", 60, call_id=call_id
        ),
    )
    assert found == calls.search([("call_id", "=", call_id)]).id  # noqa: S101


def check_in(env):
    """A salesperson taps several times."""
    seller = people.find(env, "seller")
    customer = env["res.partner"].search([("ref", "=", "PARALLEL")])
    visits = env["crm.followup"].with_user(seller)
    found = gate.act(env, lambda: visits.check_in(customer.id, 31.0, 121.0, 5))
    assert found == visits.search([("check_in_at", "!=", False)]).id  # noqa: S101


def hand_over(env, number):
    """Each of several desks hands its visitor over."""
    visitor = env["crm.reception"].search([("name", "=", f"Visitor {number}")])
    gate.act(env, visitor.action_hand_over)


def leave_one_consultant(env):
    """Several wait, and one consultant is there."""
    present = env["crm.reception.consultant"].search([])
    present[1:].is_present = False
    env["crm.reception"].create([{"name": f"Waiting {n}"} for n in range(VISITORS)])


def hand_over_to_the_only_one(env, number):
    visitor = env["crm.reception"].search([("name", "=", f"Waiting {number}")])
    # Longer than the other desks take to say who receives their visitor.
    gate.act(env, lambda: (visitor.action_hand_over(), time.sleep(0.3)))
