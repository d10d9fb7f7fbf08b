"""What an addon may leave in a database, to be compared before and after."""

COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, column_default
      FROM information_schema.columns WHERE table_schema = current_schema
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = current_schema::regnamespace
       AND contype IN ('f', 'u', 'c')
"""
INDEXES = """
    SELECT tablename, indexname, indexdef FROM pg_indexes
     WHERE schemaname = current_schema
"""
# Columns, constraints and indexes.
SCHEMA = {"column": COLUMNS, "constraint": CONSTRAINTS, "index": INDEXES}
# Rows that an addon brings into tables of Odoo's own.
RECORDS = {
    # Those of other modules that tell of our models are left by Odoo itself.
    "external id": "SELECT module, name FROM ir_model_data"
    " WHERE module LIKE 'crm\\_relations%'",
    "model": "SELECT model FROM ir_model",
    "field": "SELECT model, name FROM ir_model_fields",
    "job": "SELECT id, cron_name FROM ir_cron",
    "parameter": "SELECT key FROM ir_config_parameter",
    "activity": "SELECT id, summary FROM mail_activity",
    "activity type": "SELECT id, name ->> 'en_US' FROM mail_activity_type",
    "activity plan": "SELECT id, name FROM mail_activity_plan",
    "group": "SELECT id, name ->> 'en_US' FROM res_groups",
    "privilege": "SELECT id, name ->> 'en_US' FROM res_groups_privilege",
    "menu": "SELECT id, name ->> 'en_US' FROM ir_ui_menu",
    "action": "SELECT id, name ->> 'en_US' FROM ir_actions",
    "view": "SELECT id, name FROM ir_ui_view",
    "filter": "SELECT id, name FROM ir_filters",
    "rule": "SELECT id, name FROM ir_rule",
    "access": "SELECT id, name FROM ir_model_access",
}
# Not by the addons: Odoo counts and remembers on its own.
OURS = """
    SELECT table_name FROM information_schema.tables
     WHERE table_schema = current_schema AND table_type = 'BASE TABLE'
       AND (table_name ~ '^crm_(archive|care|credit|customer|followup|handover'
                         '|lifecycle|ownership|person|playbook|pool|relationship|tier)'
            OR table_name IN ('res_partner', 'ir_cron', 'ir_model_data', 'res_groups'))
"""
PASSING = {"write_date", "write_uid"}


def take(scratch, statements):
    """Return ``{kind: {row, ...}}``."""
    return {kind: set(scratch.query(text)) for kind, text in statements.items()}


def differences(before, after):
    """Return ``[(kind, "+" or "-", row), ...]``, sorted."""
    found = []
    for kind in before:
        found += [(kind, "+", row) for row in after[kind] - before[kind]]
        found += [(kind, "-", row) for row in before[kind] - after[kind]]
    return sorted(found, key=str)


def take_contents(scratch):
    """Return ``{table: fingerprint of all rows}`` of our tables and those with ours."""
    contents = {}
    for (table,) in scratch.query(OURS):
        columns = scratch.query(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema AND table_name = %s"
            " ORDER BY column_name",
            [table],
        )
        names = [f'"{name}"' for (name,) in columns if name not in PASSING]
        row = f"({', '.join(names)})::text"
        [(print_of_rows,)] = scratch.query(
            f"SELECT md5(string_agg({row}, '' ORDER BY {row})) FROM {table}"
        )
        contents[table] = print_of_rows
    return contents
