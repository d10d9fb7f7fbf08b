"""Databases and processes of their own, for tests that one transaction cannot hold.

``setup/test`` names Odoo, its configuration and its databases in variables.
"""

import atexit
import contextlib
import functools
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg2

from odoo.tools import config

from workshop.databases import Databases
from workshop.server import Server

TESTS = Path(__file__).parent
ADDONS = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
CONFIGURATION = os.environ.get("CRM_RELATIONS_CONF", "")
TEMPLATE = os.environ.get("CRM_RELATIONS_TEMPLATE", "")
# A database with our addons that nobody works in; there is none where the tests
# themselves do.
INSTALLED = os.environ.get("CRM_RELATIONS_INSTALLED", "")
ODOO = shlex.split(os.environ.get("CRM_RELATIONS_ODOO", ""))
# Runs what follows as nobody's child: Odoo ends the children that a class of tests has
# left.
DETACHED = ("sh", "-c", 'exec 3<&0; "$@" <&3 3<&- &', "sh")
PATIENCE = 60
# Connections that are still at work for a process that is gone.
BUSY = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND state <> 'idle'
"""
QUIET = ("--no-http", "--max-cron-threads=0", "--stop-after-init")


def _server():
    return Server(
        config["db_host"] or "",
        str(config["db_port"] or "5432"),
        config["db_user"] or "",
        config["db_password"] or "",
    )


class Scratch:
    """A database for this process alone, a copy of the template: Odoo without us."""

    # Whether its models are those of every database with our addons.
    is_as_installed = False

    def __init__(self, purpose, source=TEMPLATE):
        self.name = f"crm_relations_{purpose}_{os.getpid()}"
        self._server = _server()
        self._databases = Databases(self._server)
        self._databases.drop(self.name)
        self._databases.copy(source, self.name)

    @classmethod
    def with_addons(cls):
        """Make a database in which our addons are installed. There is one at a time,
        always of this name: its ``Workers`` need not load Odoo again."""
        scratch = cls("with_addons", INSTALLED or _install().name)
        scratch.is_as_installed = True
        return scratch

    def drop(self):
        self._databases.drop(self.name)

    def odoo(self, *arguments):
        """Run Odoo's server for this database to its end; return its log."""
        self.is_as_installed = False
        argv = [*ODOO, "server", "-c", CONFIGURATION, "-d", self.name]
        return self._run([*argv, *arguments, *QUIET])

    def uninstall(self, *addons):
        """Uninstall by Odoo's own command; return its log."""
        argv = [*ODOO, "module", "uninstall", "-c", CONFIGURATION, "-d", self.name]
        with self._databases.unvacuumed(self.name, "ir_module_module"):
            return self._run([*argv, *addons])

    def call(self, function, *arguments):
        """Call ``module:function`` of this folder with an environment; commit."""
        with Workers(self, function.partition(":")[0]) as workers:
            workers.run(function.partition(":")[2], *arguments)

    def query(self, statement, values=None):
        """Return the rows of a statement, in a transaction and connection of its own;
        None where it has none."""
        with contextlib.closing(self.connect()) as connection:
            cursor = connection.cursor()
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else None

    def connect(self):
        connection = psycopg2.connect(dbname=self.name, **self._server.parameters())
        connection.autocommit = True
        return connection

    def _run(self, argv):
        done = subprocess.run(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            failed = f"{shlex.join(argv)} failed:\n{_get_telling(done.stdout)}"
            raise AssertionError(failed)
        return done.stdout


@functools.cache
def _install():
    """Install our addons, once for all tests of this process."""
    scratch = Scratch("installed")
    atexit.register(scratch.drop)
    scratch.odoo(f"--init={','.join(ADDONS)}")
    return scratch


def _get_telling(log):
    """Return the first error of a log, which often is the cause, and its end."""
    first = re.search(r"^.* (ERROR|CRITICAL) |^Traceback", log, re.MULTILINE)
    start = log[first.start() :][:6000] if first else ""
    return f"{start}\n...\n{log[-3000:]}"


class Workers:
    """Processes that are forked at once from an Odoo with its registry loaded.

    Each runs one function of a module of this folder, with connections of its own.
    """

    def __init__(self, scratch, module):
        self._scratch, self._module = scratch, module
        self._is_shared = scratch.is_as_installed
        self._host = (_shared_host if self._is_shared else _Host)(scratch.name)
        self._said_before = len(self._host.said())

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        if not self._is_shared:
            self._host.close()

    def start(self, function, *arguments):
        """Start a process and return its id."""
        return int(self._host.ask("start", self._module, function, *arguments))

    def wait(self, process):
        """Wait for a process; return its exit code, negative for a signal."""
        return int(self._host.ask("wait", process))

    def run(self, function, *arguments):
        """Run a process to its end; it must not fail."""
        if self.wait(self.start(function, *arguments)):
            raise AssertionError(f"{function} failed:\n{self.said()}")

    def run_twice(self, function):
        """Run two processes at once, as two hosts may; neither must fail."""
        processes = [self.start(function) for _host in range(2)]
        if any([self.wait(process) for process in processes]):
            raise AssertionError(f"{function} failed:\n{self.said()}")

    def strike(self, process):
        """Kill a process; return whether it was still at work."""
        os.kill(process, signal.SIGKILL)
        return self.wait(process) == -signal.SIGKILL

    def kill(self, process):
        """Kill a process, wait until its connection is gone as well, and return
        whether it was still at work."""
        killed = self.strike(process)
        deadline = time.monotonic() + PATIENCE
        while self._scratch.query(BUSY)[0][0] and time.monotonic() < deadline:
            time.sleep(0.02)
        return killed

    def kill_once(self, has_begun, function, *arguments):
        """Start a process and kill it once something is done; it must still be at work
        then."""
        process = self.start(function, *arguments)
        deadline = time.monotonic() + PATIENCE
        while not has_begun() and time.monotonic() < deadline:
            time.sleep(0.005)
        if not self.kill(process):
            raise AssertionError(f"{function} was not killed:\n{self.said()}")

    def said(self):
        """Return the end of what the processes logged."""
        return self._host.said()[self._said_before :][-3000:]


class _Host:
    """The Odoo from which the processes are forked. It ends with its standard input."""

    def __init__(self, database):
        self._log = tempfile.NamedTemporaryFile("w+", suffix=".log")
        argv = [sys.executable, "-m", "workshop.inside", CONFIGURATION, database]
        self._process = subprocess.Popen(
            [*DETACHED, *argv, "worker_host:serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            env={**os.environ, "PYTHONPATH": str(TESTS)},
        )

    def close(self):
        self._process.communicate()
        self._log.close()

    def said(self):
        return Path(self._log.name).read_text(errors="replace")

    def ask(self, *words):
        try:
            self._process.stdin.write(shlex.join(map(str, words)) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            failed = f"Odoo did not start:\n{self.said()[-3000:]}"
            raise AssertionError(failed) from None
        return self._process.stdout.readline() or "1"


@functools.cache
def _shared_host(database):
    """Load Odoo once for all databases with our addons that this process makes."""
    host = _Host(database)
    atexit.register(host.close)
    return host
