"""A year of two satisfaction studies of a car dealer: new cars and the workshop, judged
by the customers of three salespeople, and a wave of an institute.

Nothing is by chance: the same answers each time. One salesperson explains well and
hands over carelessly, one has got better month by month, one is liked by all who
answer, but few do; the workshop lets people wait.
"""

from datetime import datetime, time, timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

SEED = 20
MONTHS = 12
ANSWERS_A_MONTH = {"sales": 18, "sales2": 14, "manager": 4}
CHANNELS = ("callback", "callback", "link", "sms", "face", "qr")
# What each is good and bad at: points added to the base, by the place of the factor.
STRENGTHS = {
    "sales": (4, 10, 2, -2, 6, 4, 0, -16),
    "sales2": (-6, -4, 0, 4, -8, 2, 6, 6),
    "manager": (8, 6, 4, 6, 4, 8, 4, 8),
}
GROWTH = {"sales": 0.0, "sales2": 1.6, "manager": 0.0}  # points a month
BASE = {"sales": 80, "service": 73}
SPREAD = 11
REMARKS = {
    True: (
        "交车时没人讲解，等了四十分钟，车内还有膜没撕。",
        "Nobody called back after the repair; I had to ask three times.",
        "报价和结算差了三百多，没有人解释。",
        "The car came back dirty and late.",
        "试驾没有安排，只让我看样车。",
    ),
    False: (
        "讲解很专业，推荐给了同事。",
        "Quick, friendly, no surprises on the bill.",
        "",
        "",
        "",
        "交车仪式很用心，谢谢。",
    ),
}


PLANS = (
    (
        0,
        "周末到店客户集中，接待岗只有一人。",
        "周末增加一名接待，一分钟内有人迎接。",
        20,
    ),
    (3, "试驾路线太短", "安排新的试驾路线，途中讲解。", -3),
)


def play(env):
    """Let customers answer for a year, and an institute publish a wave."""
    random = Random(SEED)
    studies = find_studies(env)
    for kind, study in studies.items():
        answer(env, study, BASE[kind], random)
    publish(env, studies["sales"])
    look_after(env, studies["sales"])


def find_studies(env):
    """Return the ready study of each kind, with targets."""
    found = {}
    specialist = env["res.users"].search([("login", "=", "specialist")])
    for kind in BASE:
        study = env["crm.satisfaction.study"]._use_ready(kind)
        study.target = 820
        study.user_id = specialist or study.user_id
        for factor in study.factor_ids:
            factor.target = factor.target or (90 if factor.is_standard else 82)
        found[kind] = study
    return found


def answer(env, study, base, random):
    """Write the answers of a year at once."""
    customers = env["res.partner"].search(
        [("is_managed_customer", "=", True), ("user_id", "!=", False)],
        order="id",
        limit=400,
    )
    customers = customers or env["res.partner"].search([], order="id", limit=40)
    users = env["res.users"].search([("login", "in", list(STRENGTHS))], order="id")
    vals_list = []
    for back in range(MONTHS - 1, -1, -1):
        for user in users:
            own = customers.filtered(lambda one, user=user: one.user_id == user)
            for _number in range(ANSWERS_A_MONTH[user.login] + random.randrange(-1, 3)):
                moment = _draw_moment(study, back, random)
                if moment:
                    customer = random.choice(own or customers)
                    given = _draw_points(study, user, base, MONTHS - 1 - back, random)
                    vals_list.append(
                        _prepare(study, user, customer, moment, given, random)
                    )
    vals_list.sort(key=lambda vals: vals["answered_at"])
    env["crm.satisfaction.response"].create(vals_list)


def _draw_moment(study, back, random):
    """Return a moment of the month so many months ago, not after yesterday evening."""
    today = study.env.company._get_relations_today()
    first = today.replace(day=1) - relativedelta(months=back)
    day = first + timedelta(days=random.randrange(28))
    moment = datetime.combine(day, time(random.randrange(1, 11), random.randrange(60)))
    return moment if moment.date() < today else None


def _draw_points(study, user, base, month, random):
    """Return ``{factor: points}``: what the person is good at, a mood for all, and a
    little for each; now and then somebody skips one, or is really angry."""
    factors = study.factor_ids.sorted("sequence").filtered(
        lambda factor: not factor.child_ids
    )
    mood = random.gauss(0, SPREAD) - (34 if random.random() < 0.06 else 0)
    mood += GROWTH[user.login] * month
    strengths = STRENGTHS[user.login]
    found = {}
    for place, factor in enumerate(factors):
        if random.random() < 0.05:
            continue
        points = base + mood + strengths[place % len(strengths)] + random.gauss(0, 7)
        if factor.is_standard:
            found[factor] = 100.0 if random.random() < points / 90 else 0.0
        else:
            found[factor] = float(min(max(round(points / 10) * 10, 0), 100))
    return found


def _prepare(study, user, customer, moment, given, random):
    factors = {one: one.weight for one in given if not one.is_standard}
    total = sum(factors.values())
    points = sum(given[one] * weight for one, weight in factors.items())
    points = points / total if total else 0
    nps = min(max(round(points / 9 + random.gauss(0, 0.8)), 0), 10)
    boxes = min(max(round(points / 20 + random.gauss(0, 0.4)), 1), 5)
    lowest = min((given[one] for one in factors), default=100)
    low = study._is_low(points, lowest, 10 * nps)
    day = study.env.company._get_relations_day(moment)
    common = {
        "study_id": study.id,
        "company_id": study.env.company.id,
        "partner_id": customer.id,
        "user_id": user.id,
        "team_id": user.sale_team_id.id,
        "answered_on": day,
    }
    scores = [
        {
            "factor_id": factor.id,
            "kind": "standard" if factor.is_standard else "factor",
            "question": factor.name,
            "answer": _tell(factor, value),
            "points": value,
            "raw": value / 10,
            "high": 10,
        }
        for factor, value in given.items()
    ]
    scores.append({"kind": "nps", "points": 10 * nps, "raw": nps, "high": 10})
    scores.append(
        {"kind": "csat", "points": 25 * (boxes - 1), "raw": boxes, "low": 1, "high": 5}
    )
    return {
        **common,
        "state": "answered",
        "channel": random.choice(CHANNELS),
        "asked_at": moment - timedelta(hours=random.randrange(2, 72)),
        "answered_at": moment,
        "points": points,
        "has_points": bool(total),
        "nps": nps,
        "has_nps": True,
        "csat": 25 * (boxes - 1),
        "has_csat": True,
        "is_low": low,
        "comment": random.choice(REMARKS[low]) or False,
        "score_ids": [Command.create(common | score) for score in scores],
    }


def _tell(factor, value):
    if factor.is_standard:
        return "Yes" if value else "No"
    return f"{value / 10:g}"


def publish(env, study):
    """Enter what an institute published of the dealer in spring and in autumn."""
    today = env.company._get_relations_today()
    factors = study.factor_ids.filtered(lambda one: not one.parent_id)
    factors = factors.filtered(lambda one: not one.is_standard)
    for months, name, index in ((9, "Spring", 752), (3, "Autumn", 774)):
        end = today.replace(day=1) - relativedelta(months=months)
        env["crm.satisfaction.wave"].create(
            {
                "name": f"{name} {end.year}",
                "study_id": study.id,
                "source": "Auto Satisfaction Institute",
                "date_from": end - relativedelta(months=2),
                "date_to": end,
                "is_series_break": months == 3,
                "break_reason": "Online contact is a factor now" if months == 3 else "",
                "score_ids": [
                    Command.create(_prepare_score(index, place, factor))
                    for place, factor in enumerate([None, *factors])
                ],
            }
        )


def _prepare_score(index, place, factor):
    value = index + (0 if factor is None else (17 * place) % 60 - 30)
    return {
        "factor_id": factor.id if factor else False,
        "value": value,
        "value_max": 1000,
        "base": 86,
        "peer_average": 76.1,
        "rank": 4,
        "rank_of": 11,
        "weight": factor.weight if factor else 0,
    }


def look_after(env, study):
    """Let what was low lately wait for somebody, and what is to become better be
    planned, talked over, checked and sent; a code hangs in the showroom."""
    people = {
        user.login: user
        for user in env["res.users"].search(
            [("login", "in", ("sales", "manager", "relations", "specialist"))]
        )
    }
    if len(people) < 4:
        return
    today = env.company._get_relations_today()
    env["crm.satisfaction.response"].search(
        [("study_id", "=", study.id), ("is_low", "=", True)],
        order="answered_at desc",
        limit=3,
    )._open_loop()
    factors = study.factor_ids.filtered("child_ids")
    plans = env["crm.satisfaction.plan"].create(
        [
            {
                "study_id": study.id,
                "factor_id": factors[place].id,
                "person_id": people["sales"].id,
                "user_id": people["manager"].id,
                "supervisor_id": people["relations"].id,
                "target": 85,
                "cause": cause,
                "measure": measure,
                "due_on": today + timedelta(days=days),
            }
            for place, cause, measure, days in PLANS
        ]
    )
    env["crm.satisfaction.meeting"].create(
        {
            "name": "满意度例会 Satisfaction meeting",
            "place": "二楼会议室",
            "user_id": people["specialist"].id,
            "attendee_ids": [Command.set([one.id for one in people.values()])],
            "plan_ids": [Command.set(plans.ids)],
            "minutes": "周末接待人手不足，已安排轮班。\nNext review in four weeks.",
        }
    )
    env["crm.satisfaction.entrance"].create(
        {"name": "展厅 Showroom", "study_id": study.id, "user_id": people["sales"].id}
    )
    env["crm.satisfaction.mailing"].create(
        {
            "study_id": study.id,
            "period": "month",
            "user_id": people["relations"].id,
            "user_ids": [Command.set((people["manager"] | people["specialist"]).ids)],
        }
    )
