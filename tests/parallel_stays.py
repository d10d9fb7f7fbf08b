"""What many do at the same time to keep customers; run by ``scratch.Workers``."""

from parallel_followups import _at_once

from odoo import fields
from odoo.fields import Command
from odoo.service.model import retrying

CUSTOMERS = 6
QUOTA = 3
EXTENSIONS = 2


def _prepare_user(env, name):
    return {
        "name": name,
        "login": name,
        "email": f"{name}@example.com",
        "group_ids": [
            Command.link(env.ref("crm_relations.group_sales_manager").id),
            Command.link(env.ref("sales_team.group_sale_salesman").id),
        ],
    }


def fill(env):
    """Make a salesperson with a leader, and customers of his about to leave."""
    env["res.company"].search([]).customers_are_owned = True
    env.company.write(
        {
            "pool_extension_approval": False,
            "pool_extension_limit": EXTENSIONS,
            "pool_protection_approval": False,
            "pool_protection_quota": QUOTA,
            "relations_digest_way": "both",
        }
    )
    seller, leader = env["res.users"].create(
        [_prepare_user(env, name) for name in ("seller", "leader")]
    )
    env["crm.team"].create(
        {"name": "Team", "user_id": leader.id, "member_ids": seller.ids}
    )
    env["crm.pool.rule"].create(
        {
            "name": "Rule",
            "days": 1,
            "pool_id": env.ref("crm_relations.crm_pool_public").id,
            "start_date": fields.Date.today(),
        }
    )
    env["res.partner"].create(
        [
            {
                "name": f"Customer {number}",
                "ref": f"STAY {number}",
                "is_managed_customer": True,
                "user_id": seller.id,
            }
            for number in range(CUSTOMERS)
        ]
    )


def extend(env):
    """The same customer, several times; who is told to try again does."""
    customer = _get_customer(env, 0)
    [answer] = _at_once(env, lambda: customer.pool_extend("Tender"))
    while answer["code"] == "blocked":
        [answer] = retrying(lambda: customer.pool_extend("Tender"), env)


def protect(env, number):
    """Different customers, against the quota of one person."""
    customer = _get_customer(env, number)
    _at_once(env, lambda: customer.pool_protect(30, "Strategic"))


def request(env):
    """Open a request that the leader has to decide."""
    env.company.pool_extension_approval = True
    _get_customer(env, 1).pool_extend("Fair")


def decide(env, method):
    """Approve and refuse one request."""
    leader = env["res.users"].search([("login", "=", "leader")])
    stay = env["crm.pool.stay"].with_user(leader).search([("state", "=", "requested")])
    stay.ensure_one()
    _at_once(env, getattr(stay, method))


def send(env):
    """Several workers send the digests of the day."""
    digests = env["crm.daily.digest"]
    company = env.company
    people = env["res.users"].search([("login", "in", ("seller", "leader"))])
    day = fields.Date.to_date("2100-01-06")  # a Wednesday, long after all releases
    _at_once(env, lambda: digests._send(people, company, day))


def _get_customer(env, number):
    seller = env["res.users"].search([("login", "=", "seller")])
    customers = env["res.partner"].with_user(seller)
    return customers.search([("ref", "=", f"STAY {number}")])
