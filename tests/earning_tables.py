"""The rows of the rooms earning and referral in the tables of the tests at the top, as
in ``complaint_tables``."""

from record_rules import shared_or_in

ADDON = "crm_relations"
PEOPLE = {}
IMPLIED = {}

# Model: {role: operations}; "*" stands for the roles not named.
RIGHTS = {"crm.earning.rule": {"*": "r", "admin": "crwd"}}
# Model: of which companies.
COMPANIES = {"crm.earning.rule": shared_or_in("club_id.company_id")}
# Model: why it needs no rule of companies.
REASONS = {}
# Model: {operations: {role: which records}}; a role sees those of the roles in it, too.
SEEN = {}
# Menu: the roles that find it; without a row all.
MENUS = {}
# Menus of what is worked on at a table, with a mouse.
DESK_MENUS = ()
# Action of a menu: the filters that are on when it opens; without a row none.
FILTERS = {}
# Job: on which model it calls what, how often.
JOBS = {"earning": ("crm.earning.rule", "_cron_earn", (1, "days"))}
