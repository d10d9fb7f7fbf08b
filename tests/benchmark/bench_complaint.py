"""Complaints: registering, what is due next, what came in time (CO-1, CO-3, CO-11).

References: the same rows inserted by one plain statement; a look into a plain index;
the same sum over a plain table.
"""

import stopwatch

from odoo.tools import SQL

REGISTERED_PERCENT = 1
CALLS = 10
ROUNDS = 50
DUE_FIRST = "deadline_at, id"  # as the list of clocks
COMPLAINTS = """
    INSERT INTO crm_complaint (name, subject, company_id, channel, complexity, impact,
           severity, state, registered_at, round, caller_name)
    SELECT 'BENCH ' || n, 'Complaint', %s, 'phone', 'low', 'medium', '2', 'handling',
           now() AT TIME ZONE 'UTC' - n * interval '1 minute', 1, 'Somebody'
      FROM generate_series(1, %s) AS n
"""
CLOCKS = """
    INSERT INTO crm_complaint_clock (complaint_id, company_id, kind_id, policy_id,
           calendar_id, user_id, round, started_at, target, unit, pauses, result,
           deadline_at, stopped_at, minutes_used, minutes_over)
    SELECT complaint.id, complaint.company_id, pattern.kind_id, pattern.policy_id,
           pattern.calendar_id, pattern.user_id, 1, complaint.registered_at, 1, 'hour',
           '[]',
           CASE WHEN stopped THEN CASE WHEN complaint.id %% 5 = 0 THEN 'late'
                                       ELSE 'met' END ELSE 'running' END,
           CASE WHEN complaint.id %% 1000 = 0 THEN now() AT TIME ZONE 'UTC'
                ELSE now() AT TIME ZONE 'UTC' + complaint.id * interval '1 minute' END,
           CASE WHEN stopped THEN now() AT TIME ZONE 'UTC' END, 10, -50
      FROM crm_complaint AS complaint
CROSS JOIN LATERAL (SELECT complaint.id %% 2 = 0 AS stopped) AS half
CROSS JOIN (SELECT DISTINCT ON (kind_id) * FROM crm_complaint_clock
             ORDER BY kind_id LIMIT 2) AS pattern
     WHERE complaint.name LIKE 'BENCH %%'
"""


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio.

    :param size: number of clocks; a hundredth of it is registered by the API
    """
    filled, complaints = stopwatch.begin(_fill, env, size)
    rows = [filled]
    rows.append(_register(env, max(size * REGISTERED_PERCENT // 100, 1)))
    rows.append(_look_at_due(env))
    rows.append(_sum_up(env, complaints))
    return rows


def _register(env, number):
    """Register over the API, in some calls; the last takes no more than the first."""
    values = [
        {"subject": f"Complaint {n}", "caller_name": "Somebody"} for n in range(number)
    ]
    size = -(-number // CALLS)
    calls = [values[start : start + size] for start in range(0, number, size)]
    statements, seconds = [], []
    for some in calls:
        before = env.cr.sql_log_count
        seconds.append(stopwatch.take_kept(env, _register_some, env, some))
        statements.append(env.cr.sql_log_count - before)
    seconds = sum(seconds)
    env.cr.execute(
        SQL(
            "CREATE TEMP TABLE complaint_copy AS SELECT * FROM crm_complaint"
            " ORDER BY id DESC LIMIT %s",
            number,
        )
    )
    env.cr.execute(
        "CREATE TEMP TABLE clock_copy AS SELECT * FROM crm_complaint_clock"
        " WHERE complaint_id IN (SELECT id FROM complaint_copy)"
    )
    env.cr.execute(
        "UPDATE complaint_copy SET id = id + 100000000, name = 'COPY ' || name,"
        " next_clock_id = NULL;"
        "UPDATE clock_copy SET id = id + 100000000,"
        " complaint_id = complaint_id + 100000000"
    )
    plain = stopwatch.take_kept(
        env,
        lambda: env.cr.execute(
            "INSERT INTO crm_complaint SELECT * FROM complaint_copy;"
            "INSERT INTO crm_complaint_clock SELECT * FROM clock_copy"
        ),
    )
    told = f"{statements[0]}, last {statements[-1]}"
    title = f"{number} registered, statements a call {told}"
    return stopwatch.row(title, seconds, plain)


def _register_some(env, values):
    answers = env["crm.complaint"].register_many(values)
    assert all(answer["code"] == "ok" for answer in answers), answers
    env.invalidate_all()  # the next call comes by itself, as over the API


def _look_at_due(env):
    """What is due within the next minute, as the desk asks it."""
    clocks = env["crm.complaint.clock"]
    domain = [("result", "=", "running"), ("deadline_at", "<", "now +1M")]
    seconds = stopwatch.take_kept(
        env,
        lambda: [
            (
                clocks.invalidate_model(),
                clocks.search(domain, limit=80, order=DUE_FIRST),
            )
            for _round in range(ROUNDS)
        ],
    )
    query = SQL(
        "SELECT id FROM crm_complaint_clock WHERE result = 'running'"
        " AND deadline_at < now() ORDER BY deadline_at, id LIMIT 80"
    )
    plain = stopwatch.take_kept(
        env, lambda: [env.execute_query(query) for _r in range(ROUNDS)]
    )
    plan = " ".join(line for (line,) in env.execute_query(SQL("EXPLAIN %s", query)))
    found = "by index" if "_due_idx" in plan else "NOT by index"
    return stopwatch.row(f"what is due, {ROUNDS} times, {found}", seconds, plain)


def _sum_up(env, number):
    """What the report of clocks says of each kind."""
    report = env["crm.complaint.clock.report"]
    domain = [("result", "in", ("met", "late"))]
    sums = ["on_time_rate:avg", "late_count:sum", "__count"]
    seconds = stopwatch.take_kept(
        env, lambda: report._read_group(domain, ["kind_id"], sums)
    )
    env.cr.execute(
        "CREATE TEMP TABLE plain_clock AS SELECT kind_id, result"
        " FROM crm_complaint_clock"
    )
    plain = stopwatch.take_kept(
        env,
        lambda: env.cr.execute(
            "SELECT kind_id, result, count(*) FROM plain_clock"
            " WHERE result IN ('met', 'late') GROUP BY kind_id, result"
        ),
    )
    return stopwatch.row(f"on time of {number} complaints", seconds, plain)


def _fill(env, size):
    """Two clocks a complaint; half of all have stopped, a thousandth is due."""
    env["crm.complaint"].create({"subject": "First", "caller_name": "Somebody"})
    env.flush_all()
    number = size // 2
    env.cr.execute(SQL(COMPLAINTS, env.company.id, number))
    env.cr.execute(SQL(CLOCKS))
    stopwatch.settle(env, ("crm_complaint", "crm_complaint_clock"))
    return number
