"""The rows of the room key_account in the tables of the tests at the top, as in
``complaint_tables``."""

from record_rules import (
    any_of,
    everything,
    in_company,
    in_company_of,
    in_team,
    led,
    of,
    open_to,
    shared,
    shared_or_open,
)

ADDON = "crm_relations"
PEOPLE = {}
IMPLIED = {}
LEADERS = ("leader", "relations", "admin")
MANAGERS = ("relations", "admin")
SALES = ("sales", "leader", "relations", "admin")
CONFIGURATION = {"*": "r", "admin": "crwd"}
LINES = ("objective", "milestone", "action", "risk", "resource", "check", "change")
PARTS = [f"crm.account.plan.{line}" for line in (*LINES, "version", "review")]
LADDERS = tuple(f"crm.account.ladder{part}" for part in ("", ".step", ".criterion"))
STANDINGS = ("crm.account.standing", "crm.account.standing.change")

# Model: {role: operations}; "*" stands for the roles not named.
RIGHTS = {
    "crm.key.account.scheme": CONFIGURATION,
    "crm.key.account.criterion": CONFIGURATION,
    "crm.key.account.threshold": CONFIGURATION,
    "crm.key.account.score": {"*": "", **dict.fromkeys(MANAGERS, "r")},
    "crm.key.account.candidate": {"*": "", **dict.fromkeys(LEADERS, "r")},
    "crm.key.account.nomination": {"*": "crwd"},
    "crm.key.account.judgement": {"*": "crwd"},
    "crm.account.measure": CONFIGURATION,
    "crm.account.understanding": {"*": "", **dict.fromkeys(LEADERS, "r")},
    **dict.fromkeys(LADDERS, CONFIGURATION),
    **dict.fromkeys(STANDINGS, {"*": "", **dict.fromkeys(SALES, "r")}),
    "crm.account.plan": {"*": "", **dict.fromkeys(SALES, "crwd")},
    **{part: {"*": "", **dict.fromkeys(SALES, "crwd")} for part in PARTS},
    "crm.account.plan.version": {"*": "", **dict.fromkeys(SALES, "r")},
    "crm.account.plan.review": {"*": "", **dict.fromkeys(SALES, "rw")},
    "crm.hourly.rate": {"*": "", "relations": "r", "admin": "crwd"},
    "crm.account.return": {"*": "", **dict.fromkeys(SALES, "r")},
    "crm.account.return.line": {"*": "", **dict.fromkeys(SALES, "r")},
    "crm.account.return.average": {"*": "", **dict.fromkeys(MANAGERS, "r")},
    "crm.account.team.role": CONFIGURATION,
    "crm.account.team.member": {"*": "r"},
    "crm.account.team.wizard": {"*": "crw"},
}
# Model: of which companies.
COMPANIES = {
    **dict.fromkeys(
        (
            *("crm.key.account.scheme", "crm.key.account.score"),
            *("crm.key.account.nomination", "crm.key.account.judgement"),
            *("crm.account.plan", *PARTS, *STANDINGS, "crm.account.team.member"),
            "crm.account.return",
        ),
        shared_or_open(),
    ),
    "crm.key.account.criterion": shared_or_open("scheme_id.company_id"),
    "crm.key.account.threshold": shared_or_open("criterion_id.scheme_id.company_id"),
    "crm.key.account.candidate": in_company_of("user_id"),
    "crm.account.return.line": shared_or_open("return_id.company_id"),
    "crm.account.return.average": open_to(),
    "crm.hourly.rate": in_company(),
    "crm.account.understanding": in_company_of("user_id"),
}
# Model: why it needs no rule of companies.
REASONS = {
    "crm.account.measure": "how plans of all companies are measured",
    **dict.fromkeys(LADDERS, "each company says which it uses"),
    "crm.account.team.role": "what colleagues of all companies do in teams",
}


def _seen(path=""):
    return {
        "r": {
            "reader": any_of(
                of(f"{path}create_uid"),
                of(f"{path}nominator_id"),
                of(f"{path}partner_id.user_id"),
                shared(f"{path}partner_id"),
            ),
            "leader": led(f"{path}partner_id.user_id"),
            "relations": everything,
        },
        "wcd": {"reader": of(f"{path}create_uid")},
    }


def _planned(path="", owner="user_id"):
    return {
        "rwcd": {
            "sales": any_of(
                of(f"{path}{owner}"),
                of(f"{path}partner_id.user_id"),
                shared(f"{path}partner_id"),
            ),
            "leader": any_of(led(f"{path}{owner}"), led(f"{path}partner_id.user_id")),
            "relations": everything,
        },
        "r": {"sales": in_team(f"{path}partner_id")},
    }


def _counted(path=""):
    """Who is in the team of an account does not see what it costs."""
    return {"rwcd": _planned(path, "plan_id.user_id")["rwcd"]}


# Model: {operations: {role: which records}}; a role sees those of the roles in it, too.
SEEN = {
    "crm.key.account.nomination": _seen(),
    "crm.key.account.judgement": _seen("nomination_id."),
    **dict.fromkeys(
        STANDINGS,
        {
            "rwcd": {
                "sales": any_of(of("partner_id.user_id"), shared("partner_id")),
                "leader": led("partner_id.user_id"),
                "relations": everything,
            }
        },
    ),
    "crm.account.plan": _planned(),
    **{part: _planned("plan_id.") for part in PARTS},
    "crm.account.return": _counted(),
    "crm.account.return.line": _counted("return_id."),
    **dict.fromkeys(
        ("crm.key.account.candidate", "crm.account.understanding"),
        {
            "rwcd": {
                "leader": any_of(of("user_id"), led("user_id")),
                "relations": everything,
            }
        },
    ),
}
# Menu: the roles that find it; without a row all.
MENUS = {
    "crm_key_account_candidate_menu": set(LEADERS),
    "crm_account_understanding_menu": set(LEADERS),
    "crm_key_account_scheme_menu": set(MANAGERS),
    "crm_account_plan_menu": set(SALES),
    "crm_account_plan_review_menu": set(SALES),
    "crm_account_plan_milestone_menu": set(SALES),
    "crm_account_plan_change_menu": set(LEADERS),
    "crm_account_measure_menu": {"admin"},
    "crm_account_standing_menu": set(SALES),
    "crm_account_ladder_menu": set(MANAGERS),
    "crm_account_return_menu": set(SALES),
    "crm_hourly_rate_menu": set(MANAGERS),
    "crm_account_team_role_menu": {"admin"},
}
# Menus of what is worked on at a table, with a mouse.
DESK_MENUS = (
    "crm_account_team_role_menu",
    *("crm_key_account_scheme_menu", "crm_account_measure_menu"),
    "crm_account_ladder_menu",
    *("crm_account_plan_milestone_menu", "crm_account_plan_change_menu"),
    "crm_hourly_rate_menu",
)
# Action of a menu: the filters that are on when it opens; without a row none.
FILTERS = {
    "crm_account_team_member_action": {"open"},
    "crm_key_account_candidate_action": {"core"},
    "crm_account_plan_milestone_action": {"in_force", "in_use"},
    "crm_account_standing_action": {"by_ladder", "by_step"},
    "crm_account_return_action": {"months"},
}
# Job: on which model it calls what, how often.
JOBS = {}
