"""A club with any number of members: points that lapse, and levels that are decided.

Each member has three lots; of every fifth one has lapsed. The references do the same in
plain statements for all at once.
"""

import customers
import stopwatch

from odoo.fields import Command
from odoo.tools import SQL

LAPSED_EACH, LOTS, LEVELS = 5, 3, (("Basic", 0), ("Silver", 200), ("Gold", 500))
TABLES = ("loyalty_history", "loyalty_card", "crm_club_membership")
CARDS = SQL(
    "(SELECT id, partner_id, split_part(code, '-', 2)::int AS number"
    " FROM loyalty_card WHERE code LIKE 'BENCH-%%') AS card"
)
EXPIRY = """
    WITH due AS (
         SELECT id, card_id, remaining FROM loyalty_history
          WHERE remaining > 0 AND expires_on < %(today)s
            AND is_pending IS NOT TRUE),
         lapse AS (
         INSERT INTO loyalty_history (card_id, kind, description, used, issued,
                remaining, owed, is_settled, is_pending, create_uid, write_uid,
                create_date, write_date)
         SELECT card_id, 'expiry', 'Expired', sum(remaining), 0, 0, 0, TRUE, FALSE,
                1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
           FROM due GROUP BY card_id
      RETURNING id, card_id, used),
         pairs AS (
         INSERT INTO crm_club_point_use (spending_id, lot_id, points)
         SELECT lapse.id, due.id, due.remaining FROM due JOIN lapse USING (card_id)),
         emptied AS (
         UPDATE loyalty_history AS lot SET remaining = 0 FROM due WHERE lot.id = due.id)
    UPDATE loyalty_card AS card SET points = card.points - lapse.used
      FROM lapse WHERE card.id = lapse.card_id
"""
LEVEL = """
    WITH summed AS (
         SELECT card_id, sum(qualifying) AS value FROM loyalty_history
          WHERE create_date >= %(since)s GROUP BY card_id),
         decided AS (
         SELECT member.id, member.customer_id, member.level_id AS old,
                COALESCE(summed.value, 0) AS value,
                (SELECT id FROM crm_club_level
                  WHERE club_id = %(club)s AND threshold <= COALESCE(summed.value, 0)
               ORDER BY threshold DESC LIMIT 1) AS new
           FROM crm_club_membership AS member
      LEFT JOIN summed USING (card_id)
          WHERE member.club_id = %(club)s AND member.state = 'active'),
         written AS (
         UPDATE crm_club_membership AS member
            SET level_id = decided.new, qualifying = decided.value,
                level_since = %(today)s, write_uid = 1,
                write_date = now() AT TIME ZONE 'UTC'
           FROM decided
          WHERE member.id = decided.id
            AND (decided.new IS DISTINCT FROM decided.old
                 OR decided.value IS DISTINCT FROM member.qualifying)
      RETURNING decided.*)
    INSERT INTO crm_club_level_change (partner_id, membership_id, kind, old_level_id,
           new_level_id, decided_at, facts, create_uid, create_date)
    SELECT customer_id, id, 'up', old, new, now() AT TIME ZONE 'UTC',
           jsonb_build_object('code', 'club_level', 'club', %(club)s, 'level', new,
               'value', value, 'from', %(since)s, 'to', %(today)s),
           1, now() AT TIME ZONE 'UTC'
      FROM written WHERE new IS DISTINCT FROM old
"""


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio."""
    filled, club = stopwatch.begin(_fill, env, size)
    rows = [filled]
    today = club._get_today()
    values = {"club": club.id, "today": today, "since": today.replace(year=2000)}
    cards = env["loyalty.card"]
    for what, step, reference in (
        (f"points of {size // LAPSED_EACH} lapse", cards._cron_points_due, EXPIRY),
        (f"levels of {size} members, all change", club._cron_decide_levels, LEVEL),
    ):
        statement = SQL(reference, **values)
        plain = _execute(env, statement)
        ours = stopwatch.take_settled(env, TABLES, step)
        rows.append(stopwatch.row(what, ours, plain))
        again = stopwatch.take_settled(env, TABLES, step)
        plain = _execute(env, statement)
        rows.append(stopwatch.row("the same again, nothing to do", again, plain))
    off = cards._get_off_balance()
    if off:
        raise AssertionError(f"{len(off)} cards are off their ledgers")
    return rows


def _execute(env, statement):
    return stopwatch.take_settled(env, TABLES, env.cr.execute, statement, keeps=False)


def _fill(env, size):
    env["crm.club"].search([]).active = False
    club = env["crm.club"].create(
        {
            **{"name": "Club", "expiry": "months", "expiry_months": 12},
            "level_ids": [
                Command.create({"name": name, "threshold": threshold})
                for name, threshold in LEVELS
            ],
        }
    )
    owner = env["res.users"].create({"name": "Owner", "login": "owner"})
    with customers.bare(env, "res_partner"):
        customers.copy_customers(env, owner, size)
    partners = env["res.partner"].create({"name": "Pattern"})
    membership = club._take_in(partners, "active", env.uid)
    membership.card_id._earn(100, "hand", "Earned", qualifying=100)
    env.flush_all()
    _copy_members(env, membership)
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    return club


def _copy_members(env, membership):
    """Give each customer a card, a membership, and lots."""
    lot = membership.card_id.history_ids
    customers.insert_bare(
        env,
        membership.card_id,
        {
            "partner_id": SQL("customer.id"),
            "code": SQL("'BENCH-' || customer.number"),
            "points": SQL("%s", LOTS * 100),
        },
        customers.CUSTOMERS,
    )
    customers.insert_bare(
        env,
        membership,
        {
            "partner_id": SQL("card.partner_id"),
            "customer_id": SQL("card.partner_id"),
            "card_id": SQL("card.id"),
            "number": SQL("'B' || card.number"),
        },
        CARDS,
    )
    expires_on = SQL(
        "CASE WHEN card.number %% %s = 0 AND lot.number = 1 THEN current_date - 2"
        " ELSE current_date + 200 END",
        LAPSED_EACH,
    )
    customers.insert_bare(
        env,
        lot,
        {"card_id": SQL("card.id"), "expires_on": expires_on},
        SQL("%s CROSS JOIN generate_series(1, %s) AS lot (number)", CARDS, LOTS),
    )
