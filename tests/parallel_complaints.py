"""What many do with one complaint at the same time; run by ``scratch.Workers``."""

import gate
import people

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
    officer = people.find(env, "officer0")
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
    people.create(env, [f"{name}{number}" for number in range(OFFICERS)], role)


def contact(env, number):
    _act(env, number, lambda complaint: complaint.record_contact("Called"))


def pause(env, number):
    _act(env, number, lambda complaint: complaint.pause("Photos"))


def _act(env, number, act):
    user = people.find(env, f"officer{number}")
    complaint = env["crm.complaint"].search([("subject", "=", "It rattles")])
    complaint = complaint.with_user(user)
    gate.act(env, lambda: act(complaint))


def approve(env, number, subject, which):
    """Manager ``number`` approves a remedy: of this complaint, the ``which``-th."""
    remedy = _get_remedies(env, subject)[int(which)]
    remedy = remedy.with_user(people.find(env, f"manager{number}"))
    gate.act(env, remedy.approve)


def ask(env, number, subject, which):
    """Officer ``number`` asks for a remedy; within what is free it is approved."""
    remedy = _get_remedies(env, subject)[int(which)]
    gate.act(env, remedy.with_user(people.find(env, f"officer{number}")).ask)


def _get_remedies(env, subject):
    complaint = env["crm.complaint"].search([("subject", "=", subject)])
    return complaint.remedy_ids.sorted("id")
