"""The rows of crm_relations_complaint in the tables of the tests at the top: roles,
rights, records, menus. In the order of the alphabet, so that rooms do not meet."""

from record_rules import always, any_of, everything, of, open_to, shared_or_open

ADDON = "crm_relations_complaint"
PEOPLE = {
    "officer": f"{ADDON}.group_complaint_officer",
    "complaint_manager": f"{ADDON}.group_complaint_manager",
    "approver": f"{ADDON}.group_complaint_approver",
}
# Which roles each one includes.
IMPLIED = {
    "officer": ("reader",),
    "complaint_manager": ("reader", "officer"),
    "approver": ("reader",),
}
WORKS_ON_ALL = ("officer", "complaint_manager", "admin")
RULES_ALL = ("complaint_manager", "admin")
CONFIGURATION = {"*": "r", **dict.fromkeys(RULES_ALL, "crwd")}
PLANS = {"officer": "r", **dict.fromkeys(RULES_ALL, "crwd")}
READS_FIGURES = (*WORKS_ON_ALL, "relations")

# Model: {role: operations}; "*" stands for the roles not named.
RIGHTS = {
    "crm.complaint": {"*": "crw"},
    "crm.complaint.act.wizard": {"*": "crw"},
    "crm.complaint.action": {"*": "crwd"},
    "crm.complaint.action.wizard": {"*": "crw"},
    "crm.complaint.category": CONFIGURATION,
    "crm.complaint.cause": CONFIGURATION,
    "crm.complaint.clock": {"*": "r"},
    "crm.complaint.clock.kind": CONFIGURATION,
    "crm.complaint.clock.report": dict.fromkeys(READS_FIGURES, "r"),
    "crm.complaint.closing.code": CONFIGURATION,
    "crm.complaint.confirmation": {"*": "r"},
    "crm.complaint.crisis": {"*": "rw", **dict.fromkeys(WORKS_ON_ALL, "crw")},
    "crm.complaint.crisis.item": {"*": "crwd"},
    "crm.complaint.crisis.plan": PLANS,
    "crm.complaint.crisis.plan.line": PLANS,
    "crm.complaint.crisis.report": {"*": "r"},
    "crm.complaint.crisis.statement": {"*": "crwd"},
    "crm.complaint.crisis.wizard": {"*": "crw"},
    "crm.complaint.entrance": {"officer": "r", **dict.fromkeys(RULES_ALL, "crwd")},
    "crm.complaint.escalation": {"*": "r"},
    "crm.complaint.escalation.step": CONFIGURATION,
    "crm.complaint.event": {"*": "r"},
    "crm.complaint.finding": {"*": "crwd"},
    "crm.complaint.handover": {"*": "r"},
    "crm.complaint.import": dict.fromkeys(WORKS_ON_ALL, "crwd"),
    "crm.complaint.import.column": dict.fromkeys(WORKS_ON_ALL, "crwd"),
    "crm.complaint.import.line": dict.fromkeys(WORKS_ON_ALL, "crwd"),
    "crm.complaint.pause": {"*": "r"},
    "crm.complaint.policy": CONFIGURATION,
    "crm.complaint.policy.line": CONFIGURATION,
    "crm.complaint.prevention.wizard": {"*": "crw"},
    "crm.complaint.quick": {"*": "crw"},
    "crm.complaint.remedy": {"*": "crwd"},
    "crm.complaint.remedy.kind": CONFIGURATION,
    "crm.complaint.remedy.limit": {
        **dict.fromkeys(("approver", "complaint_manager"), "r"),
        "admin": "crwd",
    },
    "crm.complaint.report": dict.fromkeys(READS_FIGURES, "r"),
    "crm.complaint.why": {"*": "crwd"},
}

# Model: of which companies.
COMPANIES = {
    **dict.fromkeys(
        ("crm.complaint", "crm.complaint.event", "crm.complaint.handover"),
        open_to(),
    ),
    **dict.fromkeys(
        (
            *("crm.complaint.clock", "crm.complaint.escalation"),
            *("crm.complaint.pause", "crm.complaint.entrance"),
        ),
        open_to(),
    ),
    **dict.fromkeys(("crm.complaint.clock.report", "crm.complaint.report"), open_to()),
    **dict.fromkeys(
        (
            *("crm.complaint.action", "crm.complaint.remedy", "crm.complaint.crisis"),
            "crm.complaint.crisis.statement",
        ),
        open_to(),
    ),
    **dict.fromkeys(
        ("crm.complaint.confirmation", "crm.complaint.finding"),
        open_to("complaint_id.company_id"),
    ),
    **dict.fromkeys(
        ("crm.complaint.crisis.item", "crm.complaint.crisis.report"),
        open_to("crisis_id.company_id"),
    ),
    "crm.complaint.why": open_to("finding_id.complaint_id.company_id"),
    **dict.fromkeys(
        ("crm.complaint.remedy.limit", "crm.complaint.crisis.plan"), shared_or_open()
    ),
    "crm.complaint.crisis.plan.line": shared_or_open("plan_id.company_id"),
    **dict.fromkeys(
        (
            "crm.complaint.escalation.step",
            "crm.complaint.policy",
            "crm.complaint.policy.line",
        ),
        shared_or_open(),
    ),
}
# Model: why it needs no rule of companies.
REASONS = {}


def seen(path=""):
    """Complaints that one has a part in, or whose customer one owns."""
    names = ("first_asked_id", "user_id", "waiting_for_id", "partner_id.user_id")
    return any_of(*(of(f"{path}{name}") for name in names))


def answered(path="complaint_id."):
    """Of complaints that one answers for."""
    return any_of(of(f"{path}first_asked_id"), of(f"{path}user_id"))


IN_CRISIS = any_of(of("crisis_id.leader_id"), of("crisis_id.spokesman_id"))
ALL = {"officer": everything, "relations": everything}
# Whoever approves remedies reads what their complaints are about.
WITH_REMEDY = {**ALL, "approver": always("remedy_ids", "!=", False)}
# Model: {operations: {role: which records}}; a role sees those of the roles in it, too.
SEEN = {
    "crm.complaint": {
        "r": {"reader": any_of(seen(), of("escalation_ids.user_id")), **WITH_REMEDY},
        "wcd": {"reader": any_of(of("first_asked_id"), of("user_id")), **ALL},
    },
    "crm.complaint.action": {
        "r": {
            "reader": any_of(of("user_id"), of("checker_id"), answered()),
            **ALL,
        },
        "wcd": {"reader": answered(), **ALL},
    },
    "crm.complaint.confirmation": {"rwcd": {"reader": seen("complaint_id."), **ALL}},
    "crm.complaint.crisis": {
        "r": {"reader": everything},
        "wcd": {"reader": of("leader_id"), **ALL},
    },
    "crm.complaint.crisis.item": {
        "r": {"reader": everything},
        "w": {"reader": any_of(of("user_id"), of("crisis_id.leader_id")), **ALL},
        "cd": {"reader": of("crisis_id.leader_id"), **ALL},
    },
    "crm.complaint.crisis.report": {"rwcd": {"reader": IN_CRISIS, **ALL}},
    "crm.complaint.crisis.statement": {
        "r": {
            "reader": any_of(always("state", "in", ("approved", "said")), IN_CRISIS),
            **ALL,
        },
        "wcd": {"reader": IN_CRISIS, **ALL},
    },
    "crm.complaint.finding": {"rwcd": {"reader": answered(), **ALL}},
    "crm.complaint.why": {
        "rwcd": {"reader": answered("finding_id.complaint_id."), **ALL}
    },
    "crm.complaint.remedy": {
        "r": {"reader": answered(), "approver": everything, **ALL},
        "wcd": {"reader": answered(), **ALL},
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
    "crm_complaint_action_action": {"open"},
    "crm_complaint_crisis_action": {"open"},
    "crm_complaint_remedy_action": {"asked"},
}
# Job: on which model it calls what, how often.
JOBS = {
    "clock_deadlines": ("crm.complaint.clock", "_cron_plan", (1, "days")),
    "complaint_crisis": ("crm.complaint.crisis", "_cron_remind", (1, "days")),
    "escalation": ("crm.complaint.escalation", "_cron_escalate", (1, "hours")),
}
