"""The rows of the rooms earning and referral in the tables of the tests at the top, as
in ``complaint_tables``."""

from record_rules import (
    any_of,
    everything,
    in_company_of,
    led,
    of,
    shared,
    shared_or_open,
)

ADDON = "crm_relations"
PEOPLE = {}
IMPLIED = {}
SALES = ("sales", "leader", "relations", "admin")
LEADERS = ("leader", "relations", "admin")

# Model: {role: operations}; "*" stands for the roles not named.
RIGHTS = {
    "crm.earning.rule": {"*": "r", "admin": "crwd"},
    "crm.referral": {"*": "", **dict.fromkeys(SALES, "r")},
    "crm.referral.report": {"*": "", **dict.fromkeys(LEADERS, "r")},
    "crm.referral.wizard": {"*": "", **dict.fromkeys(SALES, "crw")},
}
# Model: of which companies.
COMPANIES = {
    "crm.earning.rule": shared_or_open("club_id.company_id"),
    "crm.referral": shared_or_open(),
    "crm.referral.report": in_company_of("owner_id"),
}
# Model: why it needs no rule of companies.
REASONS = {}
# Model: {operations: {role: which records}}; a role sees those of the roles in it, too.
SEEN = {
    "crm.referral": {
        "rwcd": {
            "sales": any_of(
                of("registered_by_id"),
                of("referred_id.user_id"),
                of("partner_id.user_id"),
                shared("partner_id"),
            ),
            "leader": any_of(led("referred_id.user_id"), led("partner_id.user_id")),
            "relations": everything,
        }
    },
    "crm.referral.report": {
        "rwcd": {
            "leader": any_of(of("owner_id"), led("owner_id")),
            "relations": everything,
        },
    },
}
# Menu: the roles that find it; without a row all.
MENUS = {"crm_referral_menu": set(SALES), "crm_referral_report_menu": set(LEADERS)}
# Menus of what is worked on at a table, with a mouse.
DESK_MENUS = ("crm_referral_report_menu",)
# Action of a menu: the filters that are on when it opens; without a row none.
FILTERS = {"crm_referral_report_action": {"by_referrer"}}
# Job: on which model it calls what, how often.
JOBS = {
    "earning": ("crm.earning.rule", "_cron_earn", (1, "days")),
    "referrals": ("crm.referral", "_cron_settle", (1, "days")),
}
