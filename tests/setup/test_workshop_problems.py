"""What goes wrong ends in one clear line that says what to do."""

import errno
import socket
import sys
import types

import pytest

from workshop import console, disk, odoo_home, processes, serving
from workshop.console import Problem
from workshop.server import Server, named_server


def test_a_taken_port_is_named():
    with socket.socket() as taken:
        taken.bind((serving.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {port} is taken.*--port"):
            serving.require_free(port)


def test_a_free_port_is_accepted():
    with socket.socket() as probe:
        probe.bind((serving.HOST, 0))
        port = probe.getsockname()[1]
    serving.require_free(port)


def test_a_full_disk_is_named_before_the_step(tmp_path):
    with pytest.raises(Problem, match="Odoo needs 1000000 GB of disk"):
        disk.require(tmp_path / "not" / "yet" / "there", 1_000_000, "Odoo")


def run_command(monkeypatch, error):
    def main(_arguments):
        raise error

    name = "workshop.commands.broken"
    monkeypatch.setitem(sys.modules, name, types.SimpleNamespace(main=main))
    monkeypatch.setattr(console.signal, "signal", lambda *_: None)
    return console.guard("broken", [])


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (Problem("Do this."), 1, "setup/broken: Do this."),
        (OSError(errno.ENOSPC, "No space left", "/f"), 1, "No space left (/f)"),
        (KeyboardInterrupt(), 130, "stopped"),
    ],
)
def test_no_traceback_is_shown(monkeypatch, capsys, error, code, told):
    assert run_command(monkeypatch, error) == code
    shown = capsys.readouterr().err.strip()
    assert told in shown and "\n" not in shown


REASONS = {
    "E: Failed to fetch x Temporary failure resolving 'y'": "could not be reached",
    "WARNING: NewConnectionError\nERROR: No matching distribution": "not be reached",
    "npm error code E404\nnpm error 404 gone": "npm error 404 gone.",
    "OSError: [Errno 28] No space left on device": "the disk is full.",
    "Traceback:\n  File 'a'\nValueError: bad\n2026-01-01 1 2 INFO d odoo.x: bye": (
        "ValueError: bad."
    ),
    "": "it said nothing.",
}


@pytest.mark.parametrize(("text", "reason"), REASONS.items())
def test_the_reason_is_taken_from_the_log(tmp_path, text, reason):
    log = tmp_path / "step.log"
    log.write_text(text)
    assert f"({log}): " in processes.explain(log)
    assert reason in processes.explain(log)


def test_a_program_that_is_not_installed_is_named():
    with pytest.raises(Problem, match="no-such-program is not installed"):
        processes.call(["no-such-program"], None)


def odoo_of(folder, version):
    (folder / "odoo").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(f"version_info = {version}\n")
    return {"ODOO_HOME": str(folder)}


def test_odoo_of_the_right_series_is_taken(tmp_path):
    environ = odoo_of(tmp_path, "(19, 0, 0, FINAL, 0, '')")
    assert odoo_home.ensure(environ).folder == tmp_path


def test_odoo_of_another_series_is_refused(tmp_path):
    environ = odoo_of(tmp_path, "(18, 0, 0, FINAL, 0, '')")
    with pytest.raises(Problem, match="holds Odoo 18.0, not 19.0. Set ODOO_HOME"):
        odoo_home.ensure(environ)


def test_a_folder_without_odoo_is_refused(tmp_path):
    with pytest.raises(Problem, match="holds no Odoo. Set ODOO_HOME"):
        odoo_home.ensure({"ODOO_HOME": str(tmp_path)})


def test_the_database_server_is_named_by_an_address():
    server = named_server({"DATABASE_URL": "postgresql://me:a%40b@db.test:5433/x"})
    assert server == Server("db.test", "5433", "me", "a@b")


def test_the_address_may_name_the_folder_of_a_socket():
    server = named_server({"DATABASE_URL": "postgresql:///x?host=/run/pg&user=me"})
    assert server.host == "/run/pg"


def test_the_database_server_is_named_by_variables():
    server = named_server({"PGHOST": "/run/pg", "PGUSER": "me"})
    assert server.parameters() == {"host": "/run/pg", "port": "5432", "user": "me"}


def test_without_a_name_there_is_no_server():
    assert named_server({"PGUSER": "me"}) is None


def test_the_user_that_odoo_refuses_is_refused_with_a_reason():
    with pytest.raises(Problem, match="does not run as the database user postgres"):
        named_server({"PGHOST": "db.test", "PGUSER": "postgres"})
