"""Key accounts, worked on by several at once, and their nightly jobs; run by
``scratch.Workers``."""

import json
from datetime import timedelta

import gate
import people

from odoo import api, fields
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.crm_relations.models.key_account.account_return import (
    crm_account_return_count,
)

CUSTOMERS, KEYS, PAGE = 60, 20, 5
SELLER = "crm_relations.group_sales_user"
MANAGER = "crm_relations.group_relations_manager"
PEOPLE = {
    **dict.fromkeys(("owner", "nominator", "first", "second"), [SELLER]),
    **dict.fromkeys(("decider0", "decider1"), [MANAGER]),
}
ACTIVITY = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
GAMMA = {"p": 6.25, "q": 3.74, "gamma": 15.44}


def fill(env):
    """Make people with keys, and customers with orders on two days; the first ones are
    key accounts, the very first has a plan with a change to decide and the last is
    nominated."""
    env["res.company"].search([]).customers_are_owned = True
    users = people.create_by_role(env, PEOPLE)
    found = people.make_keys(users)
    customers = env["res.partner"].create(
        [
            {
                **{"name": f"Account {n}", "ref": f"ACCOUNT {n}", "is_company": True},
                **{"is_managed_customer": True, "user_id": users[0].id},
            }
            for n in range(CUSTOMERS)
        ]
    )
    _sell(env, customers)
    nominations = env["crm.key.account.nomination"].create(
        [{"partner_id": one.id, "state": "approved"} for one in customers[:KEYS]]
    )
    nominations.flush_recordset()
    env["crm.account.ladder"].search([]).company_ids = env.company
    _fit(env, "crm.activity.model", ACTIVITY)
    _fit(env, "crm.value.model", GAMMA)
    world = {"keys": found, "customer": customers[0].id}
    env["ir.config_parameter"].set_param("accounts.world", json.dumps(world))


def _sell(env, customers):
    product = env["product.product"].create(
        {"name": "Goods", "type": "service", "standard_price": 40}
    )
    line = {"product_id": product.id, "price_unit": 100, "tax_ids": False}
    orders = env["sale.order"].create(
        [
            {"partner_id": one.id, "order_line": [Command.create(line)]}
            for one in customers
            for _order in range(2)
        ]
    )
    orders.action_confirm()
    for number, order in enumerate(orders):
        order.date_order -= timedelta(days=10 + number)
    env.flush_all()
    customers._refresh_sales_figures(customers.ids)


def _fit(env, name, parameters):
    env[name]._create_missing()
    env[name].search([]).write(parameters)


def nominate(env):
    """Somebody nominates the last customer."""
    [answer] = _nominate(env, "nominator")
    assert answer["ok"], answer  # noqa: S101


def _nominate(env, login):
    user = people.find(env, login)
    customer = _get_customer(env, CUSTOMERS - 1)
    draft = (
        env["crm.key.account.nomination"]
        .with_user(user)
        .create({"partner_id": customer.id, "reason": f"Large, says {login}"})
    )
    draft.judgement_ids.write({"points": 4, "reason": "I know them"})
    return draft.nominate()


def ask_change(env):
    """The plan of the first customer is in force, and a change of its budget waits."""
    owner, decider = people.find(env, "owner"), people.find(env, "decider0")
    today = fields.Date.today()
    plan = (
        env["crm.account.plan"]
        .with_user(owner)
        .create(
            {
                **{"partner_id": _get_customer(env, 0).id, "name": "Plan"},
                **{"date_start": today, "budget": 1000},
                "date_end": today + timedelta(days=300),
                "objective_ids": [
                    Command.create(
                        {
                            "name": "Sell",
                            "measure_id": env.ref(
                                "crm_relations.crm_account_measure_sales"
                            ).id,
                            "target": 1600,
                        }
                    )
                ],
            }
        )
    )
    plan.ask()
    plan.with_user(decider).approve()
    env["crm.account.plan.change"].with_user(owner).create(
        {"plan_id": plan.id, "reason": "More", "kind": "budget", "new_amount": 2000}
    )


def appoint(env, login):
    """Two appoint an account manager, each somebody else."""
    by = {"first": "owner", "second": "decider0"}[login]
    role = env.ref("crm_relations.crm_account_team_role_manager")
    customer = _get_customer(env, 0).with_user(people.find(env, by))
    user = people.find(env, login)
    gate.act(env, lambda: customer.team_appoint(user.id, role.id), UserError)


def decide(env, model, number):
    """One approves what the other refuses."""
    records = env[model].with_user(people.find(env, f"decider{number}"))
    waiting = records.search([("state", "=", "asked")])
    gate.act(
        env,
        lambda: waiting.refuse("No") if int(number) else waiting.approve(),
        UserError,
    )


def approve(env, model, number):
    """Both approve."""
    records = env[model].with_user(people.find(env, f"decider{number}"))
    waiting = records.search([("state", "=", "asked")])
    gate.act(env, waiting.approve, UserError)


def ask_twice(env, login):
    """Two nominate the same customer."""
    gate.act(env, lambda: _nominate(env, login), UserError)


def open_return(env, login):
    """Two open what the first customer brings, and count it."""
    customer = _get_customer(env, 0).with_user(people.find(env, login))
    gate.act(env, customer.action_view_account_return, UserError)


def returns(env):
    crm_account_return_count.PAGE = PAGE
    env["crm.account.return"]._cron_count()


def ladders(env):
    env["crm.account.ladder"]._judge_all(commit=True)


def values(env):
    partners = env.registry["res.partner"]
    whole = partners._get_page_of_customers
    partners._get_page_of_customers = api.model(
        lambda self, after: whole(self, after, PAGE)
    )
    env["crm.customer.value"]._cron_refresh()


def _get_customer(env, number):
    return env["res.partner"].search([("ref", "=", f"ACCOUNT {number}")])
