"""What is confidential, lent by several at once; run by ``scratch.Workers``."""

import json

from parallel_followups import _at_once

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import retrying

SECRET = "Quiet and careful"


def fill(env):
    """Make a customer of the owner, who has a person with a profile; two who ask; two
    who decide; a key each."""
    env["res.company"].search([]).customers_are_owned = True
    seller = "crm_relations.group_sales_user"
    roles = {
        **{"owner": seller, "asker0": seller, "asker1": seller},
        "decider0": "crm_relations.group_relations_manager",
        "decider1": "crm_relations.group_custodian",
    }
    users = env["res.users"].create(
        [
            {
                "name": login,
                "login": login,
                "group_ids": [Command.link(env.ref(group).id)],
            }
            for login, group in roles.items()
        ]
    )
    # Superuser: keys as long as the test may last.
    keys = {
        user.login: env["res.users.apikeys"]
        .with_user(user)
        .sudo()
        ._generate("rpc", "test", None)
        for user in users
    }
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
    found = {"keys": keys, "customer": customer.id, "profile": profile.id}
    env["ir.config_parameter"].set_param("loans.world", json.dumps(found))


def ask(env, number):
    """The same person asks twice at the same moment, in two windows."""
    customer = _find_customer(env, "asker0")
    until = fields.Date.add(fields.Date.today(), days=3)
    purpose = f"Visit {number}"
    _try(env, lambda: customer.ask_for_access(["profiles"], purpose, until))


def ask_both(env, number):
    """Two ask for the same part: each gets a loan of the own."""
    customer = _find_customer(env, f"asker{number}")
    until = fields.Date.add(fields.Date.today(), days=3)
    _try(env, lambda: customer.ask_for_access(["profiles"], "Visit", until))


def decide(env, number):
    """One approves what the other refuses."""
    decider = env["res.users"].search([("login", "=", f"decider{number}")])
    loan = env["crm.archive.loan"].with_user(decider).search([], limit=1)
    _try(env, lambda: loan.refuse("No") if int(number) else loan.approve())


def _find_customer(env, login):
    user = env["res.users"].search([("login", "=", login)])
    return env["res.partner"].with_user(user).search([("ref", "=", "LENT")])


def _try(env, act):
    try:
        _at_once(env, lambda: retrying(act, env))
    except UserError:
        env.cr.rollback()
