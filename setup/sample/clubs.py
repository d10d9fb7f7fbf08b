"""A collectors' club of the sample's customers: members on every level, points that are
pending or about to expire, an activity that was and one to come.

Nothing is by chance: the same each time.
"""

from datetime import datetime, time, timedelta

from odoo.fields import Command

from .complaints import PORTAL
from .half_year import SALESPEOPLE, set_back

MEMBERS = 60
GUESTS = 10  # invited to the club, without an answer
# Days ago, and of how many members each earned how many points then.
EARNED = ((150, 40, 60), (90, 50, 120), (40, 30, 260), (20, 12, 900))
LEVELS = (
    ("Member 普通会员", 0, 1),
    ("Silver 银卡", 300, 4),
    ("Gold 金卡", 1200, 3),
)
BENEFITS = (
    (0, "Early notice of new releases 新品预告", 0),
    (1, "Free shipping 免运费", 6),
    (2, "Personal listening hour 专属试听", 4),
)
CAME = 17
REGISTERED = 24


def play(env):
    """Found the club, let members earn, hold an activity, invite to the next."""
    club = found_club(env)
    members = join(env, club)
    earn(env, club, members)
    hold_lecture(env, club, members)
    invite_to_tour(env, club)


def found_club(env):
    company = env["res.company"]._get_relations_default()
    club = env["crm.club"].create(
        {
            "name": "Collectors' Club 乐迷俱乐部",
            "description": "Points with each order, and benefits that grow with your "
            "level. 每次消费都有积分，等级越高权益越多。",
            "company_id": company.id,
            "user_id": env["res.users"].search([("login", "=", "relations")]).id,
            "expiry": "months",
            "expiry_months": 6,
            "grace_days": 60,
            "point_worth": 0.05,
            "level_ids": [
                Command.create({"name": name, "threshold": threshold, "color": color})
                for name, threshold, color in LEVELS
            ],
        }
    )
    levels = club.level_ids.sorted("threshold")
    env["crm.club.benefit"].create(
        [
            {"level_id": levels[place].id, "name": name, "yearly_quota": quota}
            for place, name, quota in BENEFITS
        ]
    )
    return club


def join(env, club):
    """Let good customers of the salespeople be members, and some be invited."""
    owners = env["res.users"].search([("login", "in", SALESPEOPLE)])
    customers = env["res.partner"].search(
        [("user_id", "in", owners.ids), ("is_managed_customer", "=", True)],
        order="sales_12_months DESC, id",
        limit=MEMBERS + GUESTS,
    )
    with set_back(env, EARNED[0][0]):
        # Who has an account on the portal sees the page of a member there.
        visitor = env.ref(PORTAL, raise_if_not_found=False) or customers[:0]
        members = club._take_in(customers[:MEMBERS] | visitor, "active", env.uid)
    club._take_in(customers[MEMBERS:], "invited", env.uid)
    return members


def earn(env, club, members):
    """Earn on some days of the past; the latest points of some are pending yet."""
    for days, count, points in EARNED:
        with set_back(env, days):
            some = members[:count] if days != EARNED[1][0] else members[-count:]
            lines = some.card_id._earn(
                points, "hand", "Purchases 消费", qualifying=points
            )
            lines.flush_recordset()
            moment = datetime.now()
        env.cr.execute(
            "UPDATE loyalty_history SET create_date = %s WHERE id = ANY(%s)",
            [moment, lines.ids],
        )
        env.invalidate_all()
    today = club._get_today()
    some = members[5:20] | members[-1:]
    waiting = some.card_id._earn(80, "hand", "Latest order 最近订单")
    waiting.write({"is_pending": True, "pending_until": today + timedelta(days=9)})
    members.card_id._put_ledger_points()
    members[1].card_id._spend(40, "Gift card 礼品卡")
    for member in members[:4]:
        member.use_benefit(member._get_benefits()[0]["benefit"].id)
    club._run_queue()


def _plan(env, club, name, kind, days, **values):
    day = club._get_today() + timedelta(days=days)
    return env["event.event"].create(
        {
            "name": name,
            "activity_kind": kind,
            "club_id": club.id,
            "company_id": club.company_id.id,
            "user_id": club.user_id.id,
            "date_tz": club.company_id._get_relations_tz(),
            "date_begin": datetime.combine(day, time(6)),
            "date_end": datetime.combine(day, time(9)),
            "event_mail_ids": [Command.clear()],
            **values,
        }
    )


def hold_lecture(env, club, members):
    """Three weeks ago: who registered, who came, what it cost."""
    lecture = _plan(
        env,
        club,
        "Evening of rare recordings 珍稀唱片之夜",
        "lecture",
        -21,
        attendance_points=50,
        counts_for_level=True,
        seats_limited=True,
        seats_max=30,
        cost_ids=[
            Command.create({"name": name, "planned": planned, "actual": actual})
            for name, planned, actual in (
                ("Room 场地", 600, 600),
                ("Speaker 主讲", 800, 950),
                ("Drinks 酒水", 300, 260),
            )
        ],
    )
    registrations = env["event.registration"].create(
        [
            {"event_id": lecture.id, "partner_id": member.partner_id.id}
            for member in members[:REGISTERED]
        ]
    )
    registrations[:CAME].action_set_done()
    registrations[-1:].action_cancel()


def invite_to_tour(env, club):
    """In twelve days: gold members are invited, some have answered."""
    gold = club.level_ids.sorted("threshold")[-1:]
    tour = _plan(
        env,
        club,
        "Tour of the pressing plant 唱片厂参观",
        "tour",
        12,
        attendance_points=80,
        seat_ids=[Command.create({"level_id": gold.id, "seats": 10})],
        members_until=club._get_today() + timedelta(days=7),
        cost_ids=[Command.create({"name": "Bus 大巴", "planned": 450})],
    )
    rule = env.ref("crm_relations.crm_care_rule_activity")
    guests = tour._invite(rule, gold)
    guests[:5]._accept()
    guests[5:7]._decline()
