"""What many do with one complaint at the same time; run by ``scratch.Workers``."""

from parallel_followups import _at_once

from odoo.service.model import retrying

OFFICERS = 3


def fill(env):
    """Make officers, and a complaint."""
    role = env.ref("crm_relations_complaint.group_complaint_officer")
    env["res.users"].create(
        [
            {
                "name": f"Officer {number}",
                "login": f"officer{number}",
                "email": f"officer{number}@example.com",
                "group_ids": role.ids,
            }
            for number in range(OFFICERS)
        ]
    )
    env["crm.complaint"].create({"subject": "It rattles", "caller_name": "Somebody"})


def contact(env, number):
    _act(env, number, lambda complaint: complaint.record_contact("Called"))


def pause(env, number):
    _act(env, number, lambda complaint: complaint.pause("Photos"))


def _act(env, number, act):
    user = env["res.users"].search([("login", "=", f"officer{number}")])
    complaint = env["crm.complaint"].search([]).with_user(user)
    _at_once(env, lambda: retrying(lambda: act(complaint), env))
