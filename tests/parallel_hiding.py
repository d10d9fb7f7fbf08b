"""What happens to a customer while somebody hides it, and many who guess at once; run
by ``scratch.Workers``."""

import time

import gate
import people

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import retrying

OPEN = 1.0  # seconds that a transaction stays open
MOST = 5
GUESSES = 10
NUMBER = "+86136{:04}0000"

ADDITIONS = {
    "contact": lambda env, customer: env["res.partner"].create(
        {"name": customer.name, "parent_id": customer.id, **_values("phone", "email")}
    ),
    "lead": lambda env, customer: env["crm.lead"].create(
        {"name": "New", "partner_id": customer.id, **_values("phone", "email_from")}
    ),
    "registration": lambda env, customer: env["event.registration"].create(
        {
            "event_id": env["event.event"].search([], limit=1).id,
            "partner_id": customer.id,
            **_values("phone", "email"),
        }
    ),
    "number": lambda env, customer: customer.write(_values("phone", "email")),
    "joins": lambda env, customer: (
        env["res.partner"]
        .search([("ref", "=", f"LOOSE {customer.ref.split()[0]}")])
        .write({"parent_id": customer.id})
    ),
}


def _values(phone, email):
    return {phone: "+86 137 7777 7777", email: "new@secret.example.com"}


def fill(env):
    """Make two customers for each way of adding something, a pool that hides, and some
    who guess."""
    env["res.company"].search([]).customers_are_owned = True
    env["ir.config_parameter"].set_param("crm_relations.hidden_guesses", MOST)
    env["crm.pool"].search([]).write({"hides_phone": True, "hides_email": True})
    # Without mails: what goes wrong while one is sent, Odoo keeps for itself.
    event = {"name": "Fair", "date_begin": "2100-01-01", "date_end": "2100-01-02"}
    env["event.event"].create({**event, "event_mail_ids": [Command.clear()]})
    seller = people.create(
        env,
        ["seller"],
        "crm_relations.group_sales_user",
        "sales_team.group_sale_salesman",
    )
    env["res.partner"].create(
        [
            {
                "name": name,
                "ref": f"{order} {name}",
                "is_company": True,
                "is_managed_customer": True,
                "user_id": seller.id,
                "phone": "+86 138 1234 5678",
            }
            for name in ADDITIONS
            for order in ("LATE", "EARLY")
        ]
    )
    env["res.partner"].create(
        [
            {"name": f"Joins {order}", "ref": f"LOOSE {order}"}
            | _values("phone", "email")
            for order in ("LATE", "EARLY")
        ]
    )
    hidden = {"name": "Hidden", "is_company": True, "is_managed_customer": True}
    hidden |= {"phone": NUMBER.format(0), "pool_id": _get_pool(env).id}
    env["res.partner"].create(hidden)


def release(env, name, order):
    """Put a customer into the pool."""
    gate.come_to(env)
    customer = _get_customer(env, name, order)
    [answer] = retrying(lambda: customer.pool_release("-", _get_pool(env).id), env)
    while answer["code"] == "blocked":
        time.sleep(0.1)
        [answer] = retrying(lambda: customer.pool_release("-", _get_pool(env).id), env)


def add(env, name, order):
    """Add something to a customer.

    Late: in a transaction that is open since before the release. Early: it is not over
    when the release begins.
    """
    customer = _get_customer(env, name, order)
    if order == "LATE":
        gate.come_to(env)
        time.sleep(OPEN)
    retrying(lambda: _add_and_wait(env, customer, name, order), env)


def _add_and_wait(env, customer, name, order):
    ADDITIONS[name](env, customer)
    env.flush_all()
    if order == "EARLY":
        gate.come_to(env)
        time.sleep(OPEN)


def guess(env, first):
    """Ask for numbers that look like the hidden one; note how many were answered. Each
    question ends with an error, and nothing of it remains."""
    seller = people.find(env, "seller")
    calls = env["crm.followup"].with_user(seller)
    company = seller.company_id
    gate.come_to(env)
    answered = 0
    for number in range(int(first) + 1, int(first) + 1 + GUESSES):
        try:
            calls._read_number(NUMBER.format(number), company)
            answered += 1
        except UserError:
            pass
        env.cr.rollback()
    env["ir.config_parameter"].set_param(f"guess.{first}", answered)
    env.cr.commit()


def _get_customer(env, name, order):
    return env["res.partner"].search([("ref", "=", f"{order} {name}")])


def _get_pool(env):
    return env.ref("crm_relations.crm_pool_public")
