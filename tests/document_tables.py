"""The rows of the room document in the tables of the tests at the top, as in
``complaint_tables``."""

from record_rules import (
    any_of,
    everything,
    in_company_of,
    in_team,
    led,
    lent,
    of,
    shared,
    shared_or_open,
)

ADDON = "crm_relations"
PEOPLE = {}
IMPLIED = {}
SALES = ("sales", "leader", "relations", "admin")
KEEPERS = ("custodian", "relations", "admin")

# Model: {role: operations}; "*" stands for the roles not named.
RIGHTS = {
    "crm.customer.document": {
        **{"*": "r", "sales": "crw", "leader": "crw"},  # r: what is lent
        **dict.fromkeys(KEEPERS, "crwd"),
    },
    "crm.document.due": {"*": "", **dict.fromkeys((*SALES, "custodian"), "r")},
    "crm.document.kind": {"*": "r", "admin": "crwd"},
}

# Model: of which companies.
COMPANIES = {
    **dict.fromkeys(("crm.customer.document", "crm.document.kind"), shared_or_open()),
    "crm.document.due": in_company_of("owner_id"),
}
# Model: why it needs no rule of companies.
REASONS = {}

CONFIDENTIAL = {
    "rwcd": {
        "sales": any_of(of("customer_id.user_id"), shared("customer_id")),
        "leader": led("customer_id.user_id"),
        "custodian": everything,
        "relations": everything,
    }
}
# Model: {operations: {role: which records}}; a role sees those of the roles in it, too.
SEEN = {
    "crm.customer.document": {
        **CONFIDENTIAL,
        "r": {
            "reader": any_of(
                lent("customer_id", "with_documents"), in_team("customer_id")
            )
        },
    },
    "crm.document.due": CONFIDENTIAL,
}

# Menu: the roles that find it; without a row all.
MENUS = {
    **dict.fromkeys(
        (
            *("crm_customer_document_menu", "crm_document_due_menu_missing"),
            "crm_document_due_menu_expiring",
        ),
        {*SALES, "custodian"},
    ),
    "crm_document_kind_menu": {"admin"},
}
# Menus of what is worked on at a table, with a mouse.
DESK_MENUS = ()
# Action of a menu: the filters that are on when it opens; without a row none.
FILTERS = {
    "crm_document_due_action_missing": {"required"},
}
# Job: on which model it calls what, how often.
JOBS = {
    "document_reminders": ("crm.customer.document", "_cron_remind", (1, "days")),
}
