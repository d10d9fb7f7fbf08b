"""What an addon adds to tables that are in use, added before Odoo does it.

Odoo changes the tables in the transaction that installs the addon: whoever reads one of
them waits to its end. Here each change is a transaction of its own, of milliseconds or
as long as the index takes. Odoo finds them and goes on. What is not found here, Odoo
adds as ever: nothing but time depends on it.
"""

import logging
import time
from collections import defaultdict

import psycopg2

from odoo import models
from odoo.orm.models import MetaModel
from odoo.tools import SQL, mute_logger, sql

_logger = logging.getLogger(__name__)

# Who waits for a lock makes all who come later wait too: better to try again. A little
# longer than PostgreSQL's deadlock_timeout, after which an autovacuum gives way.
LOCK_SECONDS = 1.5
TRIES = 20


def add_ahead(env, module, computed=True):
    """Add columns, constraints and indexes to the tables of other addons; commit each.

    Columns come with the default of their field, but nothing is computed.

    :param computed: also the columns of computed fields; the caller fills them
    """
    for name, (fields, objects) in get_additions(module).items():
        model = env.get(name)
        if model is None or model._abstract or not model._auto:
            continue
        new = _get_missing(model, fields, computed)
        if new:
            in_short(env.cr, lambda m=model, f=new: _add_columns(m, f.values()))
        for build in (
            *_get_field_indexes(model, fields),
            *_get_objects(model, objects),
        ):
            in_short(env.cr, build)


def _get_missing(model, fields, computed):
    """Return ``{name: field}`` of those that have no column yet."""
    columns = sql.table_columns(model.env.cr, model._table)
    return {
        field.name: field
        for field in fields
        if field.name not in columns and (computed or not field.compute)
    }


def get_additions(module):
    """Return ``{model: (stored fields, constraints and indexes)}`` that the addon's
    classes add to models of other addons, by themselves or by a mixin of the addon."""
    definitions = MetaModel._module_to_models__[module]
    by_name = defaultdict(list)
    for definition in definitions:
        by_name[definition._name].append(definition)
    found = defaultdict(lambda: ([], []))
    for name, some in by_name.items():
        if all(name in definition._inherit for definition in some):
            for source in _get_sources(some, by_name):
                found[name][0].extend(filter(_is_column, source._field_definitions))
                found[name][1].extend(source._table_object_definitions)
    return dict(found)


def _get_sources(definitions, by_name):
    for definition in definitions:
        yield definition
        for parent in definition._inherit:
            if parent != definition._name:
                yield from _get_sources(by_name.get(parent, ()), by_name)


def _is_column(field):
    # A related field is no column, and has not been set up yet. A default that has to
    # be asked for may ask for what is not there yet.
    given = field._args__ or {}
    return (
        not given.get("related")
        and field.store
        and field.column_type
        and not callable(given.get("default"))
    )


def in_short(cr, change):
    """Make a change in a transaction of its own that never waits long for a lock."""
    for left in reversed(range(TRIES)):
        try:
            _change_once(cr, change)
            break
        except psycopg2.errors.UndefinedColumn:
            break  # an index on a column that Odoo will add
        except psycopg2.errors.LockNotAvailable:
            if not left:
                _logger.info("A table is in use all the time: Odoo will change it.")
        cr.commit()  # pylint: disable=invalid-commit
        time.sleep(LOCK_SECONDS)
    # Each change in a transaction of its own: nobody waits for the installation.
    cr.commit()  # pylint: disable=invalid-commit


def _change_once(cr, change):
    with cr.savepoint(flush=False):
        timeout = f"{round(LOCK_SECONDS * 1000)}ms"
        cr.execute(SQL("SET LOCAL lock_timeout = %s", timeout))
        # That a table was in use for a moment is no error: it is tried again.
        with mute_logger("odoo.sql_db"):
            change()


def _add_columns(model, fields):
    table = SQL.identifier(model._table)
    adding, settled = [], []
    for field in fields:
        column = SQL.identifier(field.name)
        kind = SQL(field.column_type[1])
        default = (field._args__ or {}).get("default")
        if default is None or default is False:
            adding.append(SQL("ADD COLUMN %s %s", column, kind))
        else:
            # Filled without a write: it stands in the catalogue for all old rows.
            adding.append(SQL("ADD COLUMN %s %s DEFAULT %s", column, kind, default))
            settled.append(SQL("ALTER COLUMN %s DROP DEFAULT", column))
    for parts in filter(None, (adding, settled)):
        statement = SQL("ALTER TABLE %s %s", table, SQL(", ").join(parts))
        model.env.cr.execute(statement, log_exceptions=False)
    for field in fields:
        if field.string:
            model.env.cr.execute(
                SQL(
                    "COMMENT ON COLUMN %s IS %s",
                    SQL.identifier(model._table, field.name),
                    field.string,
                )
            )


def _get_field_indexes(model, fields):
    """Return functions that make the plain indexes of these fields that are missing."""
    cr = model.env.cr
    for field in fields:
        name = sql.make_index_name(model._table, field.name)
        if field.index not in (True, "btree", "btree_not_null") or field.translate:
            continue
        if sql.index_exists(cr, name):
            continue
        where = f'"{field.name}" IS NOT NULL' if field.index == "btree_not_null" else ""
        column = f'"{field.name}"'
        yield lambda n=name, c=column, w=where: sql.create_index(
            cr, n, model._table, [c], where=w
        )


def _get_objects(model, objects):
    """Return functions that make the constraints and indexes that are missing."""
    cr, table = model.env.cr, model._table
    for item in objects:
        name, definition = item.full_name(model), item.get_definition(model.pool)
        if not isinstance(item, models.Index):
            if not sql.constraint_definition(cr, table, name):
                yield lambda n=name, d=definition: sql.add_constraint(cr, table, n, d)
        elif definition and not sql.index_exists(cr, name):
            yield lambda i=item, n=name, d=definition: sql.add_index(
                cr,
                n,
                table,
                d.removeprefix("UNIQUE ").removeprefix("INDEX "),
                unique=i.unique,
                comment=d,
            )
