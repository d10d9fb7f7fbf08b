"""The rows of the room upkeep in the tables of the tests at the top, as in
``complaint_tables``."""

from record_rules import in_company_of, shared_or_open

ADDON = "crm_relations"
PEOPLE = {}
IMPLIED = {}
LEADERS = ("leader", "relations", "admin")

# Model: {role: operations}; "*" stands for the roles not named.
RIGHTS = {
    "crm.archive.upkeep": {"*": "r"},
    "crm.archive.upkeep.report": {
        "*": "",
        **dict.fromkeys((*LEADERS, "custodian"), "r"),
    },
    "crm.custodian.rule": {"*": "r", "admin": "crwd"},
}

# Model: of which companies.
COMPANIES = {
    **dict.fromkeys(("crm.archive.upkeep", "crm.custodian.rule"), shared_or_open()),
    "crm.archive.upkeep.report": in_company_of("custodian_id"),
}
# Model: why it needs no rule of companies.
REASONS = {}
# Model: {operations: {role: which records}}; a role sees those of the roles in it, too.
SEEN = {}

# Menu: the roles that find it; without a row all.
MENUS = {
    "crm_archive_upkeep_report_menu": {*LEADERS, "custodian"},
    "crm_custodian_rule_menu": {"admin"},
}
# Menus of what is worked on at a table, with a mouse.
DESK_MENUS = ()
# Action of a menu: the filters that are on when it opens; without a row none.
FILTERS = {"crm_archive_upkeep_action": {"soon"}}
# Job: on which model it calls what, how often.
JOBS = {"archive_upkeep": ("crm.archive.upkeep", "_cron_refresh", (1, "days"))}
