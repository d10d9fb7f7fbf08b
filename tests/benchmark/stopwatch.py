"""How all benchmarks take the time, and the rows that they print."""

import time


def begin(fill, *arguments):
    """Fill the database; return the first row, and what the filling has returned."""
    made, seconds = watch(fill, *arguments)
    return row("fill the database", seconds), made


def row(what, seconds, reference=None):
    """Return a row of the table: what, seconds, seconds of the reference, ratio."""
    return (what, seconds, reference, seconds / reference if reference else None)


def watch(step, *arguments):
    """Return what a step returns, and its seconds."""
    start = time.monotonic()
    result = step(*arguments)
    return result, time.monotonic() - start


def take(step, *arguments):
    """Return the seconds of a step."""
    _result, seconds = watch(step, *arguments)
    return seconds


def take_kept(env, step, *arguments):
    """Return the seconds of a step and of the commit after it."""

    def keep():
        step(*arguments)
        env.cr.commit()

    return take(keep)


def take_settled(env, tables, step, *arguments, keeps=True):
    """Return the seconds of a step, which is kept or undone; settle after it."""
    seconds = take_kept(env, step, *arguments) if keeps else take(step, *arguments)
    env.cr.rollback()
    settle(env, tables)
    return seconds


def settle(env, tables):
    """Commit, and leave neither dead rows nor a cold table to the next step."""
    env.cr.commit()
    env.invalidate_all()
    connection = env.cr._cnx
    connection.autocommit = True
    try:
        for table in tables:
            connection.cursor().execute(f"VACUUM (ANALYZE) {table}")
    finally:
        connection.autocommit = False
