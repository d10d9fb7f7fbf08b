"""What happens to one report at the same time; run by ``scratch.Workers``."""

from parallel_followups import _at_once

from odoo.fields import Command
from odoo.service.model import retrying


def fill(env):
    """Make a salesperson with a leader, and a report."""
    groups = ("crm_relations.group_sales_manager", "sales_team.group_sale_salesman")
    seller, leader = env["res.users"].create(
        [
            {
                "name": name,
                "login": name,
                "email": f"{name}@example.com",
                "group_ids": [Command.link(env.ref(group).id) for group in groups],
            }
            for name in ("seller", "leader")
        ]
    )
    env["crm.team"].create(
        {"name": "Team", "user_id": leader.id, "member_ids": seller.ids}
    )
    env["crm.work.report"].with_user(seller).create({"kind": "daily"})


def hand_in(env):
    """From several screens; who is told to look again does."""
    _act(env, "seller", "hand_in")


def take_back(env):
    """The author, while the leader reads."""
    _act(env, "seller", "take_back")


def mark_read(env):
    """The leader, while the author takes it back."""
    _act(env, "leader", "mark_read")


def ask(env):
    """Several workers ask for the reports of the same day."""
    duties = env["crm.work.report.duty"]
    _at_once(env, lambda: duties._ask_in(env.company))


def add_duty(env):
    """Ask the salesperson for a weekly report."""
    seller = env["res.users"].search([("login", "=", "seller")])
    env["crm.work.report.duty"].create(
        {"name": "Weekly", "kind": "weekly", "user_ids": seller.ids, "due_days": 1}
    )
    env["crm.work.report"].search([("kind", "=", "weekly")]).unlink()


def _act(env, login, method):
    user = env["res.users"].search([("login", "=", login)])
    report = env["crm.work.report"].sudo().search([("kind", "=", "daily")])
    call = getattr(report.with_user(user), method)
    _at_once(env, lambda: retrying(call, env))
