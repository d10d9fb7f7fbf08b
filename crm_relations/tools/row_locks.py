"""Rows that are changed by one at a time."""

from odoo.tools import SQL


def lock_in(records, states, waits=False):
    """Lock those of these that are in one of these states; return their ids.

    :param waits: until somebody who is changing one is done, else it is left out
    """
    if not records:
        return []
    records.flush_recordset()
    rows = records.env.execute_query(
        SQL(
            """
            SELECT id FROM %s
             WHERE id = ANY(%s) AND state = ANY(%s)
          ORDER BY id FOR NO KEY UPDATE %s
            """,
            SQL.identifier(records._table),
            list(records.ids),
            list(states),
            SQL("" if waits else "SKIP LOCKED"),
        )
    )
    # Somebody else may have decided since the caller has read it.
    records.invalidate_recordset()
    found = {number for (number,) in rows}
    return [number for number in records.ids if number in found]
