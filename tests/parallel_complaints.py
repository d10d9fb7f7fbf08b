"""What many do with one complaint at the same time; run by ``scratch.Workers``."""

from parallel_followups import _at_once

from odoo.service.model import retrying

OFFICERS = 3
ADDON = "crm_relations_complaint"
# A manager of complaints approves up to 1,000: two of these are too much.
AMOUNT = 600


def fill(env):
    """Make officers, managers, a complaint, and three others with remedies."""
    _create_users(env, "officer", f"{ADDON}.group_complaint_officer")
    _create_users(env, "manager", f"{ADDON}.group_complaint_manager")
    complaints = env["crm.complaint"].create(
        [
            {"subject": subject, "caller_name": "Somebody"}
            for subject in ("It rattles", "One", "Two", "Free")
        ]
    )
    officer = env["res.users"].search([("login", "=", "officer0")])
    kind = env.ref(f"{ADDON}.crm_complaint_remedy_kind_goodwill")
    for complaint, count in zip(complaints[1:], (1, 2, 2), strict=True):
        remedies = env["crm.complaint.remedy"].with_user(officer)
        remedies = remedies.create(
            [
                {
                    "complaint_id": complaint.id,
                    "kind_id": kind.id,
                    "amount": AMOUNT,
                    "reason": "It was our fault",
                }
                for _number in range(count)
            ]
        )
        if complaint.subject != "Free":
            remedies.ask()
    env.company.complaint_free_amount = 1000


def _create_users(env, name, role):
    env["res.users"].create(
        [
            {
                "name": f"{name.title()} {number}",
                "login": f"{name}{number}",
                "email": f"{name}{number}@example.com",
                "group_ids": env.ref(role).ids,
            }
            for number in range(OFFICERS)
        ]
    )


def contact(env, number):
    _act(env, number, lambda complaint: complaint.record_contact("Called"))


def pause(env, number):
    _act(env, number, lambda complaint: complaint.pause("Photos"))


def _act(env, number, act):
    user = _get_user(env, f"officer{number}")
    complaint = env["crm.complaint"].search([("subject", "=", "It rattles")])
    complaint = complaint.with_user(user)
    _at_once(env, lambda: retrying(lambda: act(complaint), env))


def approve(env, number, subject, which):
    """Manager ``number`` approves a remedy: of this complaint, the ``which``-th."""
    remedy = _get_remedies(env, subject)[int(which)]
    remedy = remedy.with_user(_get_user(env, f"manager{number}"))
    _at_once(env, remedy.approve)


def ask(env, number, subject, which):
    """Officer ``number`` asks for a remedy; within what is free it is approved."""
    remedy = _get_remedies(env, subject)[int(which)]
    _at_once(env, remedy.with_user(_get_user(env, f"officer{number}")).ask)


def _get_user(env, login):
    return env["res.users"].search([("login", "=", login)])


def _get_remedies(env, subject):
    complaint = env["crm.complaint"].search([("subject", "=", subject)])
    return complaint.remedy_ids.sorted("id")
