"""The rows of crm_relations_survey in the tables of the tests at the top, as in
``complaint_tables``."""

from record_rules import (
    all_of,
    always,
    any_of,
    everything,
    in_company_of,
    led,
    of,
    open_to,
    shared_or_open,
)

ADDON = "crm_relations_survey"
PEOPLE = {"specialist": f"{ADDON}.group_satisfaction_specialist"}
# Which roles each one includes.
IMPLIED = {"specialist": ("reader",)}
RUNS_STUDIES = ("specialist", "admin")
WAVES = {"relations": "r", **dict.fromkeys(RUNS_STUDIES, "crwd")}
CONFIGURATION = {"*": "r", **dict.fromkeys(RUNS_STUDIES, "crwd")}

# Model: {role: operations}; "*" stands for the roles not named.
RIGHTS = {
    "crm.satisfaction.ask.wizard": {"*": "crw"},
    "crm.satisfaction.check": {"*": "crw", **dict.fromkeys(RUNS_STUDIES, "crwd")},
    "crm.satisfaction.check.line": {"*": "rw"},
    "crm.satisfaction.entrance": CONFIGURATION,
    "crm.satisfaction.edition": {"*": "r"},
    "crm.satisfaction.factor": CONFIGURATION,
    "crm.satisfaction.item": CONFIGURATION,
    "crm.satisfaction.item.choice": CONFIGURATION,
    "crm.satisfaction.ready": dict.fromkeys(RUNS_STUDIES, "crw"),
    "crm.satisfaction.mailing": dict.fromkeys(RUNS_STUDIES, "crwd"),
    "crm.satisfaction.report": {"*": "r"},
    "crm.satisfaction.meeting": {"*": "crw", **dict.fromkeys(RUNS_STUDIES, "crwd")},
    "crm.satisfaction.plan": {
        "*": "rw",
        **dict.fromkeys(("leader", "relations"), "crw"),
        **dict.fromkeys(RUNS_STUDIES, "crwd"),
    },
    "crm.satisfaction.response": {"*": "r"},
    "crm.satisfaction.score": {"*": "r"},
    "crm.satisfaction.settle.wizard": {"*": "crw"},
    "crm.satisfaction.score.report": {"*": "r"},
    "crm.satisfaction.study": CONFIGURATION,
    **dict.fromkeys(("crm.satisfaction.wave", "crm.satisfaction.wave.score"), WAVES),
    **dict.fromkeys(
        (
            *("crm.satisfaction.wave.import", "crm.satisfaction.wave.import.column"),
            *(f"crm.satisfaction.wave.import.{name}" for name in ("line", "term")),
        ),
        dict.fromkeys(RUNS_STUDIES, "crwd"),
    ),
}

NAMED = always("survey_id.is_satisfaction_anonymous", "!=", True)
# Model: of which companies, and what else holds for everybody.
COMPANIES = {
    **dict.fromkeys(
        (
            *("crm.satisfaction.factor", "crm.satisfaction.item"),
            *("crm.satisfaction.study", "crm.satisfaction.wave"),
            "crm.satisfaction.wave.score",
        ),
        shared_or_open(),
    ),
    "crm.satisfaction.item.choice": shared_or_open("item_id.company_id"),
    "crm.satisfaction.check.line": open_to("check_id.company_id"),
    **dict.fromkeys(
        (
            *("crm.satisfaction.entrance", "crm.satisfaction.check"),
            *("crm.satisfaction.plan", "crm.satisfaction.meeting"),
            *("crm.satisfaction.edition", "crm.satisfaction.mailing"),
        ),
        open_to(),
    ),
    **dict.fromkeys(
        # Of an anonymous study none is seen on its own.
        ("crm.satisfaction.response", "crm.satisfaction.score"),
        all_of(open_to(), always("is_anonymous", "!=", True)),
    ),
    "survey.user_input": any_of(always("state", "=", "new"), NAMED),
    "survey.user_input.line": NAMED,
    **dict.fromkeys(
        # Waves of all companies stand in none.
        ("crm.satisfaction.report", "crm.satisfaction.score.report"),
        in_company_of("user_id"),
    ),
}
# Model: why it needs no rule of companies.
REASONS = {}


def judged(*asked_by):
    """Own work, own customers, and what one has asked; leaders see their team's."""
    names = ("user_id", *asked_by, "partner_id.user_id")
    return {
        "reader": any_of(*map(of, names)),
        "leader": any_of(of("team_id.user_id"), led("user_id")),
        "specialist": everything,
        "relations": everything,
    }


EVERYWHERE = {"specialist": everything, "relations": everything}


def checked(path=""):
    """Checks that one has made, and of the own work once they are done; leaders read
    those of their team."""
    own = of(f"{path}checker_id")
    done = all_of(of(f"{path}user_id"), always(f"{path}state", "=", "done"))
    return {
        "r": {
            "reader": any_of(own, done),
            "leader": any_of(of(f"{path}team_id.user_id"), led(f"{path}user_id")),
            **EVERYWHERE,
        },
        "wcd": {"reader": own, **EVERYWHERE},
    }


# Model: {operations: {role: which records}}; a role sees those of the roles in it, too.
SEEN = {
    "crm.satisfaction.edition": {
        "rwcd": {
            "reader": of("user_ids"),
            "specialist": everything,
            "relations": everything,
        }
    },
    "crm.satisfaction.check": checked(),
    "crm.satisfaction.check.line": checked("check_id."),
    "crm.satisfaction.meeting": {
        "r": {
            "reader": any_of(of("user_id"), of("attendee_ids")),
            **EVERYWHERE,
        },
        "wcd": {"reader": of("user_id"), **EVERYWHERE},
    },
    "crm.satisfaction.plan": {
        "r": {
            "reader": any_of(of("user_id"), of("supervisor_id"), of("person_id")),
            "leader": any_of(of("team_id.user_id"), led("person_id")),
            **EVERYWHERE,
        },
        "wcd": {
            "reader": any_of(of("user_id"), of("supervisor_id")),
            "leader": any_of(of("team_id.user_id"), led("person_id")),
            **EVERYWHERE,
        },
    },
    "crm.satisfaction.response": {"rwcd": judged("asked_by_id")},
    "crm.satisfaction.score": {"rwcd": judged("response_id.asked_by_id")},
    **dict.fromkeys(
        ("crm.satisfaction.report", "crm.satisfaction.score.report"),
        {"rwcd": judged()},
    ),
}

# Menu: the roles that find it; without a row all.
MENUS = {
    "crm_satisfaction_wave_menu": ("relations", *RUNS_STUDIES),
    "crm_satisfaction_menu_configuration": RUNS_STUDIES,
}
# Menus of what is worked on at a table, with a mouse.
DESK_MENUS = ("crm_satisfaction_menu_configuration", "crm_satisfaction_menu_reporting")
# Action of a menu: the filters that are on when it opens; without a row none.
FILTERS = {
    "crm_satisfaction_factor_action": {"by_study"},
    "crm_satisfaction_plan_action": {"open"},
    "crm_satisfaction_response_action": {"answered"},
    "crm_satisfaction_asked_action": {"open"},
    "crm_satisfaction_ranking_action": {"internal"},
    "crm_satisfaction_report_action": {"internal", "by_study"},
    "crm_satisfaction_score_report_action": {"factors"},
}
# Job: on which model it calls what, how often.
JOBS = {
    "satisfaction_expire": ("crm.satisfaction.response", "_cron_expire", (1, "hours")),
    "satisfaction_message": ("crm.callback", "_cron_ask_by_message", (15, "minutes")),
    "satisfaction_send": ("crm.satisfaction.response", "_cron_send", (1, "hours")),
    "satisfaction_mailing": ("crm.satisfaction.mailing", "_cron_send", (1, "hours")),
}
