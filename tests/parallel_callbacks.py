"""What several agents, and several hosts, do at the same time with callbacks; run by
``scratch.Workers``.

Each process opens its snapshot first and waits at the gate: none of them sees what the
others are about to write.
"""

from datetime import timedelta

import gate
import people

from odoo import fields

CUSTOMERS = 2500  # more than two batches
CALLS = 4


def fill(env):
    """Make agents, dormant customers, and a rule that calls them all."""
    logins = [f"agent{number}" for number in range(2 * CALLS)]
    people.create(env, logins, "crm_relations.group_callback_agent")
    env["res.partner"].create(
        [
            {
                "name": f"Customer {n}",
                "ref": "PARALLEL",
                "phone": f"+86 138 {n:04d} 8000",
                "is_managed_customer": True,
                "lifecycle": "dormant",
                "lifecycle_since": fields.Date.today(),
            }
            for n in range(CUSTOMERS)
        ]
    )
    env["crm.callback.rule"].create(
        {
            "name": "Dormant",
            "purpose": "Why?",
            "trigger": "dormant",
            "call_from": 0,
            "call_until": 24,
            "start_date": fields.Date.today() - timedelta(days=1),
            "domain": "[('ref', '=', 'PARALLEL')]",
        }
    )


def generate(env):
    """The scheduled action's method, as two hosts may run it."""
    env["crm.callback.rule"]._cron_create_callbacks()


def leave_few(env):
    """Leave as few calls to take as there are agents, half."""
    calls = env["crm.callback"].search([], order="id")
    calls._free()
    calls.write({"state": "open", "next_at": fields.Datetime.now()})
    calls[CALLS:].write({"state": "dropped"})


def take(env, number):
    """An agent asks for the next call."""
    agent = people.find(env, f"agent{number}")
    desk = env["crm.callback"].with_user(agent)
    gate.act(env, desk.take_next)


def record(env, token):
    """One agent saves one call several times: from two tabs, or by two clicks."""
    agent = people.find(env, "agent0")
    call = env["crm.callback"].search([("reserved_by_id", "=", agent.id)])
    outcome = env.ref("crm_relations.crm_callback_outcome_complete")
    mine = call.with_user(agent)
    gate.act(env, lambda: mine.record(outcome.id, token=token))


def take_for_record(env):
    leave_few(env)
    agent = people.find(env, "agent0")
    assert env["crm.callback"].with_user(agent).take_next()  # noqa: S101
