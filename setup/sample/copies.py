"""Rows in any number, copied from one that Odoo has made."""

from odoo.tools import SQL


def insert(env, record, values, source):
    """Insert a copy of ``record``'s row for each row of ``source``, with an id and
    ``values`` (column: SQL) of its own."""
    env.flush_all()
    values = {"id": SQL("nextval(%s)", f"{record._table}_id_seq"), **values}
    columns = [
        name
        for (name,) in env.execute_query(
            SQL(
                "SELECT column_name FROM information_schema.columns "
                "WHERE table_schema = current_schema AND table_name = %s "
                "AND is_generated = 'NEVER'",
                record._table,
            )
        )
    ]
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s AS pattern CROSS JOIN %s "
            "WHERE pattern.id = %s",
            SQL.identifier(record._table),
            SQL(", ").join(SQL.identifier(name) for name in columns),
            SQL(", ").join(
                values.get(name) or SQL.identifier("pattern", name) for name in columns
            ),
            SQL.identifier(record._table),
            source,
            record.id,
        )
    )
    record.env.invalidate_all()
