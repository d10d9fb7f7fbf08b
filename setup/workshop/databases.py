"""Databases of a server, and the note that each carries on how far it is.

The note is the database's comment: it is written in the transaction of the step it
tells of, and goes with the database.
"""

import contextlib
import os
import shutil

from workshop import paths
from workshop.console import Problem

FILESTORE = paths.DATA / "filestore"
COPIES_FILES = 150_000  # of PostgreSQL's versions; those before know no other way


class Databases:
    """All names are our own, so that they need no more than quotes."""

    def __init__(self, server):
        self.server = server

    def names(self, prefix=""):
        rows = self._execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
        )
        return {name for (name,) in rows}

    def note(self, name):
        """Return the note of a database, None when the database does not exist."""
        rows = self._execute(
            "SELECT COALESCE(shobj_description(oid, 'pg_database'), '')"
            "  FROM pg_database WHERE datname = %s",
            [name],
        )
        return rows[0][0] if rows else None

    def set_note(self, name, note):
        self._execute(note_statement(name), [note])

    def drop(self, name):
        """Drop a database, if it exists, and its files."""
        from psycopg2.errors import InsufficientPrivilege  # private environment only

        try:
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        except InsufficientPrivilege:
            # PostgreSQL is just vacuuming there, which only a superuser may force to
            # end; without force it ends by itself, and our own sessions are ours.
            self._execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = %s AND usename = current_user",
                [name],
            )
            self._execute(f'DROP DATABASE IF EXISTS "{name}"')
        drop_files(name)

    def copy(self, source, target):
        """Make a database as a copy of another; the files are linked, not copied."""
        statement = f'CREATE DATABASE "{target}" TEMPLATE "{source}"'
        if self._knows_strategies():
            # Row by row into the log, as else, takes some times as long.
            statement += " STRATEGY FILE_COPY"
        self._execute(statement)
        copy_files(source, target)

    def _knows_strategies(self):
        [(version,)] = self._execute("SHOW server_version_num")
        return int(version) >= COPIES_FILES

    @contextlib.contextmanager
    def unvacuumed(self, name, table):
        """Keep PostgreSQL's own cleaning from a table: Odoo gives up an uninstallation
        at once when something else holds a lock on its list of addons, even that."""
        with contextlib.closing(self.connect(name)) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            # This also ends the cleaning that may be going on.
            cursor.execute(f'ALTER TABLE "{table}" SET (autovacuum_enabled = false)')
            yield
            cursor.execute(f'ALTER TABLE "{table}" RESET (autovacuum_enabled)')

    def _execute(self, statement, values=None):
        with contextlib.closing(self._connect()) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def connect(self, name):
        """Return a connection to a database; the caller closes it."""
        import psycopg2  # private environment only

        return psycopg2.connect(dbname=name, **self.server.parameters())

    def _connect(self):
        import psycopg2  # private environment only

        try:
            return self.connect("postgres")
        except psycopg2.OperationalError as error:
            line = " ".join(str(error).split())
            raise Problem(f"The database server cannot be reached: {line}") from error


def note_statement(name):
    """Return the statement that writes a note, for use inside a transaction too."""
    return f'COMMENT ON DATABASE "{name}" IS %s'


def copy_files(source, target):
    """Give a copy of a database the files of the original, linked, not copied."""
    drop_files(target)
    if (FILESTORE / source).exists():
        shutil.copytree(FILESTORE / source, FILESTORE / target, copy_function=_link)


def drop_files(name):
    shutil.rmtree(FILESTORE / name, ignore_errors=True)


def _link(source, target):
    # Odoo never writes into a stored file: it is named after its content.
    os.link(source, target)
