"""What is confidential, lent by several at once; run by ``scratch.Workers``."""

import json

import gate
import people

from odoo import fields
from odoo.exceptions import UserError

SECRET = "Quiet and careful"
PEOPLE = {
    **dict.fromkeys(("owner", "asker0", "asker1"), ["crm_relations.group_sales_user"]),
    "decider0": ["crm_relations.group_relations_manager"],
    "decider1": ["crm_relations.group_custodian"],
}


def fill(env):
    """Make a customer of the owner, who has a person with a profile; two who ask; two
    who decide; a key each."""
    env["res.company"].search([]).customers_are_owned = True
    users = people.create_by_role(env, PEOPLE)
    customer = env["res.partner"].create(
        {
            **{"name": "Lent", "ref": "LENT", "is_company": True},
            **{"is_managed_customer": True, "user_id": users[0].id},
        }
    )
    person = env["res.partner"].create({"name": "Li Wei", "parent_id": customer.id})
    profile = env["crm.person.profile"].create(
        {"partner_id": person.id, "personality": SECRET}
    )
    found = {
        "keys": people.make_keys(users),
        "customer": customer.id,
        "profile": profile.id,
    }
    env["ir.config_parameter"].set_param("loans.world", json.dumps(found))


def ask(env, number):
    """The same person asks twice at the same moment, in two windows."""
    customer = _find_customer(env, "asker0")
    until = fields.Date.add(fields.Date.today(), days=3)
    purpose = f"Visit {number}"
    gate.act(
        env, lambda: customer.ask_for_access(["profiles"], purpose, until), UserError
    )


def ask_both(env, number):
    """Two ask for the same part: each gets a loan of the own."""
    customer = _find_customer(env, f"asker{number}")
    until = fields.Date.add(fields.Date.today(), days=3)
    gate.act(
        env, lambda: customer.ask_for_access(["profiles"], "Visit", until), UserError
    )


def decide(env, number):
    """One approves what the other refuses."""
    decider = people.find(env, f"decider{number}")
    loan = env["crm.archive.loan"].with_user(decider).search([], limit=1)
    gate.act(
        env, lambda: loan.refuse("No") if int(number) else loan.approve(), UserError
    )


def _find_customer(env, login):
    user = people.find(env, login)
    return env["res.partner"].with_user(user).search([("ref", "=", "LENT")])
