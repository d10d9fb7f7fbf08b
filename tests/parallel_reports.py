"""What happens to one report at the same time; run by ``scratch.Workers``."""

import gate
import people


def fill(env):
    """Make a salesperson with a leader, and a report."""
    groups = ("crm_relations.group_sales_manager", "sales_team.group_sale_salesman")
    seller, leader = people.create(env, ["seller", "leader"], *groups)
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
    gate.act(env, lambda: duties._ask_in(env.company))


def add_duty(env):
    """Ask the salesperson for a weekly report."""
    seller = people.find(env, "seller")
    env["crm.work.report.duty"].create(
        {"name": "Weekly", "kind": "weekly", "user_ids": seller.ids, "due_days": 1}
    )
    env["crm.work.report"].search([("kind", "=", "weekly")]).unlink()


def _act(env, login, method):
    report = env["crm.work.report"].sudo().search([("kind", "=", "daily")])
    call = getattr(report.with_user(people.find(env, login)), method)
    gate.act(env, call)
