"""What many do at the same time to keep customers; run by ``scratch.Workers``."""

import gate
import people

from odoo import fields
from odoo.service.model import retrying

CUSTOMERS = 6
QUOTA = 3
EXTENSIONS = 2


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
    roles = ("crm_relations.group_sales_manager", "sales_team.group_sale_salesman")
    seller, leader = people.create(env, ["seller", "leader"], *roles)
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
    [answer] = gate.act(env, lambda: customer.pool_extend("Tender"))
    while answer["code"] == "blocked":
        [answer] = retrying(lambda: customer.pool_extend("Tender"), env)


def protect(env, number):
    """Different customers, against the quota of one person."""
    customer = _get_customer(env, number)
    gate.act(env, lambda: customer.pool_protect(30, "Strategic"))


def request(env):
    """Open a request that the leader has to decide."""
    env.company.pool_extension_approval = True
    _get_customer(env, 1).pool_extend("Fair")


def decide(env, method):
    """Approve and refuse one request."""
    leader = people.find(env, "leader")
    stay = env["crm.pool.stay"].with_user(leader).search([("state", "=", "requested")])
    stay.ensure_one()
    gate.act(env, getattr(stay, method))


def send(env):
    """Several workers send the digests of the day."""
    digests = env["crm.daily.digest"]
    company = env.company
    told = people.find(env, "seller", "leader")
    day = fields.Date.to_date("2100-01-06")  # a Wednesday, long after all releases
    gate.act(env, lambda: digests._send(told, company, day))


def _get_customer(env, number):
    seller = people.find(env, "seller")
    customers = env["res.partner"].with_user(seller)
    return customers.search([("ref", "=", f"STAY {number}")])
