"""The rows of crm_relations_complaint in the tables of the tests at the top: roles,
rights, records, menus. In the order of the alphabet, so that rooms do not meet."""

from record_rules import any_of, everything, in_company, of, shared_or_in

from odoo.addons.crm_relations.tests.common.roles import ROLES as SUITE_ROLES

ADDON = "crm_relations_complaint"
OFFICERS = {
    "officer": f"{ADDON}.group_complaint_officer",
    "complaint_manager": f"{ADDON}.group_complaint_manager",
    "approver": f"{ADDON}.group_complaint_approver",
}
ROLES = {**SUITE_ROLES, **OFFICERS}
# Which roles each one includes.
IMPLIED = {
    "officer": ("reader",),
    "complaint_manager": ("reader", "officer"),
    "approver": ("reader",),
}
WORKS_ON_ALL = ("officer", "complaint_manager", "admin")
RULES_ALL = ("complaint_manager", "admin")
CONFIGURATION = {"*": "r", **dict.fromkeys(RULES_ALL, "crwd")}
READS_FIGURES = (*WORKS_ON_ALL, "relations")

# Model: {role: operations}; "*" stands for the roles not named.
RIGHTS = {
    "crm.complaint": {"*": "crw"},
    "crm.complaint.act.wizard": {"*": "crw"},
    "crm.complaint.category": CONFIGURATION,
    "crm.complaint.cause": CONFIGURATION,
    "crm.complaint.clock": {"*": "r"},
    "crm.complaint.clock.kind": CONFIGURATION,
    "crm.complaint.clock.report": dict.fromkeys(READS_FIGURES, "r"),
    "crm.complaint.escalation": {"*": "r"},
    "crm.complaint.escalation.step": CONFIGURATION,
    "crm.complaint.event": {"*": "r"},
    "crm.complaint.handover": {"*": "r"},
    "crm.complaint.pause": {"*": "r"},
    "crm.complaint.policy": CONFIGURATION,
    "crm.complaint.policy.line": CONFIGURATION,
    "crm.complaint.report": dict.fromkeys(READS_FIGURES, "r"),
}

# Model: of which companies.
COMPANIES = {
    **dict.fromkeys(
        ("crm.complaint", "crm.complaint.event", "crm.complaint.handover"),
        in_company(),
    ),
    **dict.fromkeys(
        ("crm.complaint.clock", "crm.complaint.escalation", "crm.complaint.pause"),
        in_company(),
    ),
    **dict.fromkeys(
        ("crm.complaint.clock.report", "crm.complaint.report"), in_company()
    ),
    **dict.fromkeys(
        (
            "crm.complaint.escalation.step",
            "crm.complaint.policy",
            "crm.complaint.policy.line",
        ),
        shared_or_in(),
    ),
}
# Model: why it needs no rule of companies.
REASONS = {}


def seen(path=""):
    """Complaints that one has a part in, or whose customer one owns."""
    names = ("first_asked_id", "user_id", "waiting_for_id", "partner_id.user_id")
    return any_of(*(of(f"{path}{name}") for name in names))


ALL = {"officer": everything, "relations": everything}
# Model: {operations: {role: which records}}; a role sees those of the roles in it, too.
SEEN = {
    "crm.complaint": {
        "r": {"reader": any_of(seen(), of("escalation_ids.user_id")), **ALL},
        "wcd": {"reader": any_of(of("first_asked_id"), of("user_id")), **ALL},
    },
    "crm.complaint.clock": {
        "rwcd": {
            "reader": any_of(
                seen("complaint_id."), of("complaint_id.escalation_ids.user_id")
            ),
            **ALL,
        }
    },
    "crm.complaint.escalation": {
        "rwcd": {"reader": any_of(seen("complaint_id."), of("user_id")), **ALL}
    },
    "crm.complaint.pause": {"rwcd": {"reader": seen("complaint_id."), **ALL}},
    "crm.complaint.event": {"rwcd": {"reader": seen("complaint_id."), **ALL}},
    "crm.complaint.handover": {
        "rwcd": {
            "reader": any_of(
                *map(of, ("from_user_id", "to_user_id", "complaint_id.user_id"))
            ),
            **ALL,
        }
    },
}

# Menu: the roles that find it; without a row all.
MENUS = {
    "crm_complaint_menu_configuration": RULES_ALL,
    "crm_complaint_menu_reporting": READS_FIGURES,
}
# Menus of what is worked on at a table, with a mouse.
DESK_MENUS = ("crm_complaint_menu_configuration", "crm_complaint_menu_reporting")
# Action of a menu: the filters that are on when it opens; without a row none.
FILTERS = {
    "crm_complaint_clock_action": {"open"},
    "crm_complaint_clock_report_action": {"judged"},
    "crm_complaint_policy_action": {"all"},
    "crm_complaint_action": {"open"},
    "crm_complaint_handover_action": {"waiting"},
}
# Job: on which model it calls what, how often.
JOBS = {
    "clock_deadlines": ("crm.complaint.clock", "_cron_plan", (1, "days")),
    "escalation": ("crm.complaint.escalation", "_cron_escalate", (1, "hours")),
}
