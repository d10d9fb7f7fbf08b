"""The rows of crm_relations_survey in the tables of the tests at the top, as in
``complaint_tables``."""

from record_rules import (
    any_of,
    everything,
    in_company,
    in_company_of,
    led,
    of,
    shared_or_in,
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
    "crm.satisfaction.factor": CONFIGURATION,
    "crm.satisfaction.item": CONFIGURATION,
    "crm.satisfaction.item.choice": CONFIGURATION,
    "crm.satisfaction.report": {"*": "r"},
    "crm.satisfaction.response": {"*": "r"},
    "crm.satisfaction.score": {"*": "r"},
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

# Model: of which companies.
COMPANIES = {
    **dict.fromkeys(
        (
            *("crm.satisfaction.factor", "crm.satisfaction.item"),
            *("crm.satisfaction.study", "crm.satisfaction.wave"),
            "crm.satisfaction.wave.score",
        ),
        shared_or_in(),
    ),
    "crm.satisfaction.item.choice": shared_or_in("item_id.company_id"),
    **dict.fromkeys(
        ("crm.satisfaction.response", "crm.satisfaction.score"), in_company()
    ),
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


# Model: {operations: {role: which records}}; a role sees those of the roles in it, too.
SEEN = {
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
    "crm_satisfaction_ranking_action": {"internal"},
    "crm_satisfaction_report_action": {"internal", "by_study"},
    "crm_satisfaction_response_action": {"answered"},
    "crm_satisfaction_score_report_action": {"factors"},
}
# Job: on which model it calls what, how often.
JOBS = {}
