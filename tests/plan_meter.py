"""How many rows each statement goes through, whatever the planner believed.

Rows, not seconds: they are the same on a busy machine, and a nested loop over what was
thought to be one row shows in them at a thousand customers.
"""

import contextlib
from unittest.mock import patch

from psycopg2.errors import QueryCanceled

from odoo.sql_db import Cursor
from odoo.tools import SQL

execute = Cursor.execute
# Of one statement; the rest are pages and batches like it.
OFTEN = 2
PATIENCE = "10s"
EXPLAIN = "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, FORMAT JSON) "
VERBS = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "CREATE TEMPORARY TABLE")
PASSED_OVER = (
    *("Rows Removed by Filter", "Rows Removed by Join Filter"),
    "Rows Removed by Index Recheck",
)


@contextlib.contextmanager
def measuring():
    """Give a dictionary of each statement sent meanwhile and the most rows that it went
    through; a statement that did not end within ``PATIENCE`` has infinitely many."""
    visited, times = {}, {}

    def meter(cursor, query, params=None, log_exceptions=True):
        text = str(getattr(query, "code", query))
        times[text] = times.get(text, 0) + 1
        if text.lstrip(" \n(").startswith(VERBS) and times[text] <= OFTEN:
            rows = _count_rows(cursor, query, params)
            visited[text] = max(rows, visited.get(text, 0))
            if rows == float("inf"):
                # To go on at all; what it says is known.
                execute(cursor, "SET LOCAL enable_nestloop = off")
        return execute(cursor, query, params, log_exceptions)

    with patch.object(Cursor, "execute", meter):
        yield visited


def _count_rows(cursor, query, params):
    if isinstance(query, SQL):
        query, params = query.code, query.params
    execute(cursor, "SAVEPOINT plan_meter")
    try:
        execute(cursor, f"SET LOCAL statement_timeout = '{PATIENCE}'")
        execute(cursor, EXPLAIN + query, params, False)
        [(plans,)] = cursor.fetchall()
        return sum(_count_rows_of(plan["Plan"]) for plan in plans)
    except QueryCanceled:
        return float("inf")
    finally:
        execute(cursor, "ROLLBACK TO SAVEPOINT plan_meter")
        execute(cursor, "RELEASE SAVEPOINT plan_meter")


def _count_rows_of(node):
    a_loop = node["Actual Rows"] + sum(node.get(name, 0) for name in PASSED_OVER)
    below = sum(_count_rows_of(child) for child in node.get("Plans", ()))
    return round(a_loop * node["Actual Loops"]) + below
