"""The rows of the club's reports and of the room activity in the tables of the tests at
the top, as in ``complaint_tables``."""

from record_rules import in_company_of, shared_or_open

ADDON = "crm_relations"
PEOPLE = {}
IMPLIED = {}
LEADERS = ("leader", "relations", "admin")
REPORT = {"*": "", **dict.fromkeys(LEADERS, "r")}

# Model: {role: operations}; "*" stands for the roles not named.
RIGHTS = {
    "crm.event.cost": {
        "*": "",
        "leader": "r",
        **dict.fromkeys(("relations", "admin"), "crwd"),
    },
    "crm.event.guest": {"*": "r"},
    "crm.event.invite.wizard": {
        "*": "",
        **dict.fromkeys(("sales", *LEADERS), "crw"),
    },
    "crm.event.report": REPORT,
    "crm.event.seat": {"*": "r", **dict.fromkeys(("relations", "admin"), "crwd")},
    "crm.club.member.report": REPORT,
    "crm.club.point.difference": {
        "*": "",
        **dict.fromkeys(("relations", "admin"), "r"),
    },
    "crm.club.point.report": REPORT,
}

# Model: of which companies.
COMPANIES = {
    **dict.fromkeys(
        (
            *("crm.club.point.difference", "crm.club.point.report"),
            *("crm.event.cost", "crm.event.guest"),
        ),
        shared_or_open(),
    ),
    "crm.event.seat": shared_or_open("event_id.company_id"),
    **dict.fromkeys(
        ("crm.club.member.report", "crm.event.report"), in_company_of("user_id")
    ),
}
# Model: why it needs no rule of companies.
REASONS = {}
# Model: {operations: {role: which records}}; a role sees those of the roles in it, too.
SEEN = {}

# Menu: the roles that find it; without a row all.
MENUS = {
    **dict.fromkeys(
        ("crm_club_point_report_menu", "crm_club_member_report_menu"), set(LEADERS)
    ),
    "crm_club_point_difference_menu": {"relations", "admin"},
    "crm_event_menu": {"relations", "admin"},
    "crm_event_report_menu": set(LEADERS),
}
# Menus of what is worked on at a table, with a mouse.
DESK_MENUS = ("crm_club_point_difference_menu",)
# Action of a menu: the filters that are on when it opens; without a row none.
FILTERS = {
    "crm_club_point_difference_action": {"standing"},
    "crm_event_guest_action": {"upcoming"},
}

# Job: on which model it calls what, how often.
JOBS = {
    "club_check": ("crm.club.point.difference", "_cron_check", (1, "days")),
}
