"""Complaints of a car dealer and a distributor, lived through by the suite's own
methods with past moments: so clocks were met or late because they were.

A story is who complains, what is registered, and what happened so many hours ago: who
did what.
"""

from contextlib import contextmanager
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

ADDON = "crm_relations_complaint"
OFFICER, COLLEAGUE, MANAGER = "officer", "officer2", "complaints"
SALES, AGENT = "sales", "agent"


@contextmanager
def hours_ago(env, hours):
    """Let it be so many hours ago."""
    env.flush_all()
    with freeze_time(fields.Datetime.now() - timedelta(hours=hours)):
        yield
        env.flush_all()
    env.invalidate_all()


def play(env):
    """Live through the complaints of the last months, the oldest first."""
    steps = []
    for number, story in enumerate(STORIES):
        for place, (hours, *step) in enumerate(story["steps"]):
            steps.append((-hours, number, place, step))
    registered = {}
    for hours, number, _place, (login, act, *arguments) in sorted(
        steps, key=lambda step: step[:3]
    ):
        complaints = env["crm.complaint"].with_env(_as(env, login))
        with hours_ago(env, -hours):
            _escalate(env)
            if act == "register":
                values = _get_values(env, STORIES[number])
                registered[number] = complaints.register(values)
                continue
            _take(env, complaints.browse(registered[number]), act, arguments)
    _escalate(env)
    lots = env["crm.complaint"].browse(
        registered[number]
        for number, story in enumerate(STORIES)
        if story["values"].get("lot") == LOT
    )
    _ask_for_remedy(env, lots.filtered("is_open")[:1])
    _declare_crisis(env, lots)


def _as(env, login):
    """Return an environment of a user, who works in his language."""
    user = env["res.users"].search([("login", "=", login)])
    return env(user=user, context=dict(env.context, lang=user.lang))


def _escalate(env):
    """Have people told of what has run out since the last step."""
    while env["crm.complaint.escalation"]._escalate_batch():
        pass


def _ask_for_remedy(env, complaint):
    """Have the officer propose a remedy that somebody else has to approve."""
    kind = env.ref(f"{ADDON}.crm_complaint_remedy_kind_goodwill")
    remedy = (
        env["crm.complaint.remedy"]
        .with_env(_as(env, OFFICER))
        .create(
            {
                "complaint_id": complaint.id,
                "kind_id": kind.id,
                "amount": 1200,
                "reason": "Second bad delivery of one lot",
            }
        )
    )
    remedy.ask()


def _declare_crisis(env, complaints):
    """Have the manager declare a crisis: two customers complain of one lot."""
    manager = _as(env, MANAGER)
    crisis = (
        env["crm.complaint.crisis"]
        .with_env(manager)
        .create(
            {
                "name": f"Leaking filters of lot {LOT}",
                "level": "4",
                "leader_id": manager.uid,
                "spokesman_id": manager.uid,
                "situation": "Two distributors report leaks; 480 pieces are out.",
            }
        )
    )
    complaints.filtered("is_open").with_env(manager).crisis_id = crisis


def _get_values(env, story):
    who = story["who"]
    name = who if "." in who else f"crm_relations.res_partner_{who}_demo"
    partner = env.ref(name, False)
    category = env.ref(f"{ADDON}.crm_complaint_category_{story['what']}")
    return {
        "partner_id": partner.id if partner else False,
        "category_id": category.id,
        **story["values"],
    }


def _take(env, complaint, act, arguments):
    """Take a step; a story in which a method refuses is no story."""
    if act == "plan_prevention":
        what, days = arguments
        due_on = fields.Date.today() + timedelta(days=days)
        complaint.plan_prevention(what, complaint.env.uid, str(due_on))
        return
    if act == "hand_over":
        login, *rest = arguments
        receiver = env["res.users"].search([("login", "=", login)])
        arguments = [receiver.id, *rest]
    elif act == "promise":
        text, hours = arguments
        due_at = fields.Datetime.now() + timedelta(hours=hours)
        arguments = [text, fields.Datetime.to_string(due_at)]
    for answer in getattr(complaint, act)(*arguments):
        if not answer["ok"]:
            raise ValueError(f"{complaint.display_name}: {act}: {answer['message']}")


LOT = "L2411-07"
DAY = 24
# Who has an account on the portal, in Odoo's demo data.
PORTAL = "base.partner_demo_portal"
STORIES = [
    # Closed, every clock met: ready for its certificate.
    {
        "who": "li_qiang",
        "what": "dealer_workshop_again",
        "values": {
            "subject": "空调异响，第二次进站仍未修好",
            "facts": "两周前更换压缩机，行驶二十公里后异响再次出现。",
            "demand": "免费修复并提供代步车。",
            "lot": "粤B·8Q327",
            "impact": "medium",
        },
        "steps": [
            (40 * DAY, AGENT, "register"),
            (40 * DAY - 0.3, AGENT, "hand_over", OFFICER, "客户情绪激动，请尽快回电"),
            (40 * DAY - 0.5, OFFICER, "accept"),
            (40 * DAY - 1, OFFICER, "record_contact", "致歉，约明早进站。"),
            (39 * DAY, OFFICER, "tell_plan", "明天 9 点进站，更换支架，提供代步车。"),
            (38 * DAY, OFFICER, "solve", "支架已更换，试车三十公里无异响。"),
            (37 * DAY, OFFICER, "confirm", "satisfied", "客户满意，感谢代步车。"),
            (37 * DAY - 1, OFFICER, "close", "other"),
        ],
    },
    # Closed late, after the customer had disputed the first solution.
    {
        "who": "nanfang",
        "what": "product_defect",
        "values": {
            "subject": "Two pallets of filters with torn seals",
            "facts": "Delivery of the 3rd: 64 of 480 pieces leak.",
            "demand": "Replacement within a week, credit for the rest.",
            "lot": LOT,
            "channel": "email",
            "impact": "high",
        },
        "steps": [
            (62 * DAY, SALES, "register"),
            (61 * DAY, SALES, "hand_over", OFFICER, "They threaten to return all."),
            (61 * DAY - 2, OFFICER, "accept"),
            (60 * DAY, OFFICER, "record_contact", "Sorry; photos received."),
            (58 * DAY, OFFICER, "tell_plan", "Replacement leaves on Monday."),
            (54 * DAY, OFFICER, "solve", "64 pieces replaced."),
            (53 * DAY, OFFICER, "confirm", "not_satisfied", "Ten more leak by now."),
            (52 * DAY, OFFICER, "record_contact", "Whole lot will be taken back."),
            (50 * DAY, OFFICER, "plan_prevention", "Check seals of each delivery", 60),
            (47 * DAY, OFFICER, "solve", "The lot was taken back and replaced."),
            (46 * DAY, OFFICER, "confirm", "satisfied", "Settled."),
            (46 * DAY - 2, OFFICER, "close", "other"),
        ],
    },
    {
        "who": "chen_jing",
        "what": "service_waiting",
        "values": {
            "subject": "前台等候四十分钟无人接待",
            "demand": "书面道歉。",
            "channel": "portal",
            "impact": "low",
        },
        "steps": [
            (20 * DAY, OFFICER, "register"),
            (20 * DAY - 0.2, OFFICER, "accept"),
            (20 * DAY - 1, OFFICER, "record_contact", "已致歉。"),
            (19 * DAY, OFFICER, "solve", "书面致歉信已寄出，前台增设叫号。"),
            (18 * DAY, OFFICER, "confirm", "satisfied", "收到，谢谢。"),
            (18 * DAY - 1, OFFICER, "close", "explanation"),
        ],
    },
    # Withdrawn.
    {
        "who": "emma_clarke",
        "what": "other_accounting",
        "values": {
            "subject": "Charged twice for the winter check",
            "demand": "Refund of one payment.",
            "impact": "low",
        },
        "steps": [
            (12 * DAY, AGENT, "register"),
            (12 * DAY - 0.2, AGENT, "hand_over", COLLEAGUE, ""),
            (12 * DAY - 1, COLLEAGUE, "accept"),
            (11 * DAY, COLLEAGUE, "record_contact", "The bank had cancelled one."),
            (11 * DAY - 1, COLLEAGUE, "withdraw", "It was the bank's mistake."),
        ],
    },
    # Solved, to be confirmed.
    {
        "who": "shunda",
        "what": "service_skill",
        "values": {
            "subject": "车队保养后三台车胎压报警",
            "demand": "上门检查，并说明原因。",
            "impact": "medium",
        },
        "steps": [
            (4 * DAY, SALES, "register"),
            (4 * DAY - 0.4, SALES, "hand_over", OFFICER, "大客户，请优先"),
            (4 * DAY - 1, OFFICER, "accept"),
            (4 * DAY - 2, OFFICER, "record_contact", "安排技师明日上门。"),
            (3 * DAY, OFFICER, "tell_plan", "上门校准传感器。"),
            (1 * DAY, OFFICER, "solve", "三台车传感器已重新标定。"),
        ],
    },
    # Of the customer who follows them on the portal.
    {
        "who": PORTAL,
        "what": "terms_delivery",
        "values": {
            "subject": "Child seat delivered two weeks late",
            "demand": "The delivery costs back.",
            "channel": "portal",
            "impact": "low",
        },
        "steps": [
            (9 * DAY, OFFICER, "register"),
            (9 * DAY - 0.3, OFFICER, "accept"),
            (9 * DAY - 1, OFFICER, "record_contact", "Apologised."),
            (8 * DAY, OFFICER, "solve", "The delivery costs were paid back."),
        ],
    },
    {
        "who": PORTAL,
        "what": "service_waiting",
        "values": {
            "subject": "Nobody answers the service line on Saturdays",
            "demand": "A number that is answered.",
            "channel": "portal",
            "impact": "low",
        },
        "steps": [
            (1 * DAY, COLLEAGUE, "register"),
            (1 * DAY - 0.5, COLLEAGUE, "accept"),
            (1 * DAY - 1, COLLEAGUE, "record_contact", "Told the opening hours."),
            (0.7, COLLEAGUE, "tell_plan", "A second line opens next Saturday."),
        ],
    },
    # In hand: late, in time, waiting for the customer, with a promise.
    {
        "who": "hongyuan",
        "what": "product_defect",
        "values": {
            "subject": "Filters of lot L2411-07 leak again",
            "facts": "The same lot as in the complaint of Nanfang.",
            "demand": "Stop the lot and tell us what is in stock.",
            "lot": LOT,
            "channel": "email",
            "impact": "high",
        },
        "steps": [
            (3 * DAY, SALES, "register"),
            (3 * DAY - 2, SALES, "hand_over", OFFICER, "Second customer of this lot"),
            (3 * DAY - 5, OFFICER, "accept"),
        ],
    },
    {
        "who": "zhang_wei",
        "what": "dealer_vehicle_brakes",
        "values": {
            "subject": "刹车踏板变软，高速上险些追尾",
            "facts": "昨晚高速行驶时踏板行程明显变长，已停驶。",
            "demand": "立即拖车检修，查清原因前不再驾驶。",
            "lot": "粤B·1K558",
        },
        "steps": [
            (1, AGENT, "register"),
            (0.9, AGENT, "hand_over", OFFICER, "涉及安全，请马上处理"),
            (0.8, OFFICER, "accept"),
            (0.6, OFFICER, "record_contact", "已致歉，拖车半小时内到达。"),
            (0.5, OFFICER, "promise", "今天下班前告知检测结果", 6),
        ],
    },
    {
        "who": "northside",
        "what": "service_skill",
        "values": {
            "subject": "Van returned with the old brake pads",
            "demand": "New pads, and the invoice corrected.",
            "impact": "medium",
        },
        "steps": [
            (2 * DAY, OFFICER, "register"),
            (2 * DAY - 0.3, OFFICER, "accept"),
            (2 * DAY - 1, OFFICER, "record_contact", "Asked for the invoice."),
            (1 * DAY, OFFICER, "pause", "Photo of the pads and the invoice"),
        ],
    },
    # Waiting to be accepted.
    {
        "who": "haihe",
        "what": "terms_delivery",
        "values": {
            "subject": "到货比约定晚三天，两次电话无人回复",
            "demand": "补偿运费差额。",
            "channel": "phone",
            "impact": "medium",
        },
        "steps": [
            (0.4, SALES, "register"),
            (0.3, SALES, "hand_over", OFFICER, "客户要求今天回复"),
        ],
    },
    {
        "who": "marcus_webb",
        "what": "service_attitude",
        "values": {
            "subject": "Nobody called back about the recall",
            "demand": "A date for the recall.",
            "impact": "medium",
        },
        "steps": [
            (3, AGENT, "register"),
            (2.8, AGENT, "hand_over", COLLEAGUE, "Please call before six"),
        ],
    },
    # Just come in, from somebody unknown.
    {
        "who": "nobody",
        "what": "terms_price",
        "values": {
            "subject": "Leaflet promises a price nobody honours",
            "demand": "The price of the leaflet.",
            "caller_name": "Joan Price",
            "caller_phone": "+1 628 555 0142",
            "impact": "low",
        },
        "steps": [(0.2, OFFICER, "register")],
    },
]
