"""Six months of decisions, played by the suite's own methods with past dates.

The clock is set back and an evening a month is lived through: what was ordered by then
is loaded, people do their work as themselves, and the night decides, releases, plans
care and calls. What only a statement can do is in ``cdnow`` and ``followups``: orders
and the calls after them.
"""

from contextlib import contextmanager
from datetime import datetime, time, timedelta

from freezegun import freeze_time

from . import cdnow, first_day, followups

FIRST_DAY = 180  # days ago
EVENINGS = (150, 120, 90, 60, 30)
KEPT_DAYS = 7
SALESPEOPLE = ("sales", "sales2")
TALKS = (
    ("Asked about new releases", "Wants a call when the next box set is out."),
    ("问候与回访", "对上次的发货速度很满意，月底再联系。"),
    ("Offered the collectors' list", "Compares prices, decides after the holidays."),
    ("介绍新品", "喜欢古典音乐，请把目录发给他。"),
    ("Complaint about a scratched disc settled", "Thanks for the quick exchange."),
)
LOST = ("price", "competitor", "no_need", "unreachable", "relocated")


@contextmanager
def set_back(env, days):
    """Let it be seven in the evening ``days`` days ago."""
    today = env["res.company"]._get_relations_default()._get_relations_today()
    evening = datetime.combine(today - timedelta(days=days), time(19))
    env.flush_all()
    with freeze_time(evening):
        yield today - timedelta(days=days)
        env.flush_all()
    env.invalidate_all()


def begin(env, start_rules):
    """The first day: rules begin, the night decides for the first time, and the pool
    is set up by the wizard from what is there."""
    with set_back(env, FIRST_DAY) as day:
        _forget_tiers(env)
        cdnow.load(env, today=day + timedelta(days=FIRST_DAY), until=day)
        followups.load(env)
        start_rules(env)
        env["crm.segmentation"]._cron_decide()
        first_day.set_up(env)


def play(env):
    """Live through the evenings, one a month, and their nights."""
    for number, days in enumerate(EVENINGS):
        with set_back(env, days) as day:
            cdnow.load(env, today=day + timedelta(days=days), until=day)
            followups.load(env)
            env["crm.segmentation"]._cron_decide()
            for login in SALESPEOPLE:
                _work(env, login, number)
            _spend_the_night(env)


def _forget_tiers(env):
    """Take back the tiers of the demo's customers: they were decided today, and would
    be told as the reason of what the next half year decides."""
    env.cr.execute(
        """
        WITH forgotten AS (
            DELETE FROM crm_tier_change WHERE decided_at > %s RETURNING partner_id
        )
        UPDATE res_partner SET tier_id = NULL, tier_since = NULL,
            tier_below_since = NULL
        WHERE id IN (SELECT partner_id FROM forgotten)
        """,
        [datetime.now()],
    )
    env.invalidate_all()


def tidy(env):
    """Take away the steps of playbooks that were due long ago: half a year of them, of
    which nobody has done one here, would bury what is due today."""
    today = env["res.company"]._get_relations_default()._get_relations_today()
    env["mail.activity"].search(
        [
            ("res_model", "=", "res.partner"),
            ("user_id.login", "in", SALESPEOPLE),
            ("date_deadline", "<", today - timedelta(days=KEPT_DAYS)),
        ]
    ).unlink()


def _work(env, login, number):
    """What a salesperson does in a month, as far as it is told here."""
    user = env["res.users"].search([("login", "=", login)])
    customers = env["res.partner"].with_user(user)
    own = [("user_id", "=", user.id), ("ref", "=like", "CDNOW %")]
    leaving = customers.search(
        [*own, ("pool_release_date", "!=", False)],
        order="sales_12_months DESC, id",
        limit=40,
    )
    _talk(env, user, leaving[:25], number)
    _lose(env, leaving[25:28], number)
    leaving[28:30].pool_release(env._("Moved away; a colleague nearby may try"))
    _claim(customers, user)


def _talk(env, user, customers, number):
    kind = env.ref("crm_relations.crm_followup_kind_call")
    env["crm.followup"].with_user(user).create(
        [
            {
                "partner_id": customer.id,
                "kind_id": kind.id,
                "purpose": TALKS[(place + number) % len(TALKS)][0],
                "feedback": TALKS[(place + number) % len(TALKS)][1],
                "duration_minutes": 4 + place % 9,
            }
            for place, customer in enumerate(customers)
        ]
    )


def _lose(env, customers, number):
    reason = env.ref(f"crm_relations.crm_churn_reason_{LOST[number % len(LOST)]}")
    competitor = env._("Tower of Records") if reason.asks_competitor else ""
    customers.register_lost(reason.id, competitor=competitor)
    lost = customers.lost_customer_ids[:1]
    if lost:
        lost.plan_win_back(
            env["res.company"]._get_relations_default()._get_relations_today()
            + timedelta(days=60),
            env._("Ask what would bring the customer back"),
        )


def _claim(customers, user):
    pooled = customers.search(
        [("is_in_my_pool", "=", True), ("ref", "=like", "CDNOW %")],
        order="sales_12_months DESC, id",
        limit=6,
    )
    pooled[user.id % 2 :: 2].pool_claim()


def _spend_the_night(env):
    env["crm.pool.rule"]._cron_release()
    env["crm.care.rule"]._cron_create_tasks()
    env["crm.care.dispatch"]._cron_dispatch()
    env["crm.callback.rule"]._cron_create_callbacks()
    first_day.call(env, count=6)
