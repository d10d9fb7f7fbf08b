"""Calls from the exchange and customers nearby, among any number of customers (FU-4,
FU-5).

Each call is a transaction of its own, as over the API. The plain reference finds the
customer, inserts the row and dates the customer, in three hand-written statements.
"""

import random
import statistics

import customers
import stopwatch

from odoo.tools import SQL

CALLS = 10_000
PLACES = 200
SOUTH, WEST, NORTH, EAST = 22.0, 102.0, 42.0, 122.0  # most of China's customers
RADIUS_M = 2000

PLAIN = [
    "SELECT id FROM res_partner WHERE phone_sanitized = %(number)s LIMIT 1",
    """
    INSERT INTO crm_followup (partner_id, customer_id, kind_id, date, user_id, purpose,
           call_number, duration_minutes, create_uid, create_date)
    SELECT id, id, 1, now() AT TIME ZONE 'UTC', 2, 'Call', %(number)s, 1, 1, now()
      FROM res_partner WHERE phone_sanitized = %(number)s LIMIT 1
    """,
    """
    UPDATE res_partner SET last_followup_at = now() AT TIME ZONE 'UTC'
     WHERE phone_sanitized = %(number)s
    """,
]
SCAN = """
    SELECT id FROM (
        SELECT id, 2 * 6371008.8 * asin(sqrt(
                   power(sin(radians(geo_latitude - %(latitude)s) / 2), 2)
                 + power(sin(radians(geo_longitude - %(longitude)s) / 2), 2)
                 * cos(radians(%(latitude)s)) * cos(radians(geo_latitude)))) AS distance
          FROM res_partner WHERE is_managed_customer) AS found
     WHERE distance <= %(radius)s ORDER BY distance
"""


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio."""
    filled, _made = stopwatch.begin(_fill, env, size)
    rows = [filled]
    return rows + _measure_nearby(env) + _measure_calls(env, size)


def _fill(env, size):
    env.company.country_id = env.ref("base.cn")
    pattern = env["res.partner"].create(
        {"name": "Customer", "is_managed_customer": True}
    )
    number = SQL("(13000000000 + number)::text")
    # A hash stands for the luck of where a customer is.
    luck = "(1 + abs(hashint4(number * 2 + %s)) %% 99999) / 100000.0"
    latitude = SQL("%s + (%s) * %s", SOUTH, SQL(luck, 0), NORTH - SOUTH)
    longitude = SQL("%s + (%s) * %s", WEST, SQL(luck, 1), EAST - WEST)
    values = {
        "commercial_partner_id": SQL("currval('res_partner_id_seq')"),
        "name": SQL("'Customer ' || number"),
        "complete_name": SQL("'Customer ' || number"),
        "phone": number,
        "phone_sanitized": SQL("'+86' || %s", number),
        "partner_latitude": latitude,
        "partner_longitude": longitude,
        "geo_latitude": latitude,
        "geo_longitude": longitude,
        "is_located": SQL("TRUE"),
    }
    source = SQL("generate_series(1, %s) AS number", size)
    customers.insert_bare(env, pattern, values, source)
    env.cr.execute("ANALYZE res_partner")
    env.cr.commit()


def _measure_nearby(env):
    luck = random.Random(1)
    places = [
        (luck.uniform(SOUTH, NORTH), luck.uniform(WEST, EAST)) for _n in range(PLACES)
    ]
    answers = [stopwatch.watch(_ask, env, *place) for place in places]
    found, seconds = zip(*answers, strict=True)
    plain = [stopwatch.take(_scan, env, *place) for place in places[:5]]
    mine, theirs = statistics.median(seconds), statistics.median(plain)
    return [
        stopwatch.row(f"nearby, {RADIUS_M} m; a scan of the table", mine, theirs),
        stopwatch.row("nearby, slowest of all", max(seconds)),
        ("customers found on average", statistics.mean(found), None, None),
    ]


def _ask(env, latitude, longitude):
    return len(env["res.partner"].nearby(latitude, longitude, RADIUS_M))


def _scan(env, latitude, longitude):
    values = {"latitude": latitude, "longitude": longitude, "radius": RADIUS_M}
    env.cr.execute(SCAN, values)
    return env.cr.fetchall()


def _measure_calls(env, size):
    luck = random.Random(2)
    numbers = [f"{13000000000 + luck.randint(1, size)}" for _n in range(CALLS)]
    plain = stopwatch.take(lambda: [_log_plainly(env, number) for number in numbers])
    counts = []
    seconds = stopwatch.take(
        lambda: counts.extend(
            _log(env, number, f"call {n}") for n, number in enumerate(numbers)
        )
    )
    again = stopwatch.take(
        lambda: [_log(env, number, f"call {n}") for n, number in enumerate(numbers)]
    )
    return [
        stopwatch.row(f"log {CALLS} calls; plain statements", seconds, plain),
        stopwatch.row("the same calls sent again", again),
        ("statements of the second call", counts[1], None, None),
        ("statements of the last call", counts[-1], None, None),
    ]


def _log(env, number, call_id):
    """Log a call and commit; return the number of statements it took."""
    before = env.cr.sql_log_count
    env["crm.followup"].log_call(
        number, "in", "2026-01-01T10:00:00", 60, call_id=call_id
    )
    env.cr.commit()
    count = env.cr.sql_log_count - before
    env.invalidate_all()
    return count


def _log_plainly(env, number):
    for statement in PLAIN:
        env.cr.execute(statement, {"number": f"+86{number}"})
    env.cr.commit()
