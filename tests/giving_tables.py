"""The rows of the room giving in the tables of the tests at the top, as in
``complaint_tables``."""

from record_rules import any_of, everything, led, of, shared, shared_or_open

ADDON = "crm_relations"
PEOPLE = {}
IMPLIED = {}
SALES = ("sales", "leader", "relations", "admin")
CONFIGURATION = {"*": "r", "admin": "crwd"}

# Model: {role: operations}; "*" stands for the roles not named.
RIGHTS = {
    "crm.concession": {"*": "", **dict.fromkeys(SALES, "crwd")},
    "crm.favour": {"*": "", **dict.fromkeys(SALES, "crwd")},
    "crm.favour.kind": CONFIGURATION,
    "crm.gift": {"*": "", **dict.fromkeys(SALES, "crwd")},
    "crm.gift.item": {"*": "r", **dict.fromkeys(("relations", "admin"), "crwd")},
    "crm.gift.limit": CONFIGURATION,
    "crm.gift.occasion": CONFIGURATION,
    "crm.gift.year": {"*": "", **dict.fromkeys(SALES, "r")},
}

# Model: of which companies.
COMPANIES = dict.fromkeys(
    (
        *("crm.concession", "crm.gift", "crm.gift.item"),
        *("crm.favour", "crm.gift.limit", "crm.gift.year"),
    ),
    shared_or_open(),
)
# Model: why it needs no rule of companies.
REASONS = {}

GIVEN = {
    "rwcd": {
        "sales": any_of(of("user_id"), of("partner_id.user_id"), shared("partner_id")),
        "leader": any_of(led("user_id"), led("partner_id.user_id")),
        "relations": everything,
    }
}
# Model: {operations: {role: which records}}; a role sees those of the roles in it, too.
SEEN = {
    "crm.concession": GIVEN,
    "crm.favour": GIVEN,
    "crm.gift": GIVEN,
    "crm.gift.year": {
        "rwcd": {
            "sales": any_of(of("partner_id.user_id"), shared("partner_id")),
            "leader": led("partner_id.user_id"),
            "relations": everything,
        }
    },
}

# Menu: the roles that find it; without a row all.
MENUS = {
    **dict.fromkeys(
        (
            *("crm_gift_menu", "crm_concession_menu", "crm_favour_menu"),
            *("crm_gift_item_menu", "crm_gift_year_menu"),
        ),
        set(SALES),
    ),
    **dict.fromkeys(
        ("crm_gift_limit_menu", "crm_gift_occasion_menu", "crm_favour_kind_menu"),
        {"admin"},
    ),
}
# Menus of what is worked on at a table, with a mouse.
DESK_MENUS = ("crm_gift_year_menu",)
# Action of a menu: the filters that are on when it opens; without a row none.
FILTERS = {}
# Job: on which model it calls what, how often.
JOBS = {}
