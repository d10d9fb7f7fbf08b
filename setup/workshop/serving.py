"""Serve Odoo until someone stops it."""

import contextlib
import ctypes
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from workshop import paths, processes
from workshop.console import Problem, say, step

HOST = "127.0.0.1"
STARTING_SECONDS = 180
STOPPING_SECONDS = 20
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


def address(port):
    """Return what a browser of this machine calls the server on a port."""
    return f"http://{HOST}:{port}"


def require_free(port):
    """Raise a problem when something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Problem(
                f"Port {port} is taken ({error.strerror}). Stop what uses it, or "
                "choose another one with --port."
            ) from error


def serve(odoo, database, port, workers, greet):
    """Serve a database until Ctrl-C; a problem is raised when Odoo ends by itself.

    :param greet: called when the first page can be had
    """
    log = paths.LOGS / "server.log"
    options = [
        f"--http-port={port}",
        f"--http-interface={HOST}",
        f"--workers={workers}",
    ]
    options += [f"--db-filter=^{database}$", "--no-database-list"]
    with _started(odoo.server_argv(database, *options), log) as server:
        with step("Start Odoo"):
            _wait_until_ready(server, port, log)
        greet()
        with contextlib.suppress(KeyboardInterrupt):
            server.wait()
            raise Problem(f"Odoo ended {processes.explain(log)}")


@contextlib.contextmanager
def _started(argv, log):
    # A session of its own: Ctrl-C reaches us, and we stop Odoo in an orderly way.
    with open(log, "w") as output:
        server = subprocess.Popen(
            list(map(str, argv)),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent,
            cwd=paths.PROJECT,
        )
    try:
        yield server
    finally:
        _stop(server)


def _end_with_parent():
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _stop(server):
    if server.poll() is None:
        say("\n- Stop Odoo")
        server.terminate()
        try:
            server.wait(STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_ready(server, port, log):
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Problem(f"Odoo did not start {processes.explain(log)}")
        if _answers(f"{address(port)}/web/health"):
            return
        time.sleep(0.3)
    raise Problem(f"Odoo did not answer within {STARTING_SECONDS} s. Its log: {log}")


def _answers(url):
    # No proxy of the environment between us and this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        return opener.open(url, timeout=5).status == 200
    except (urllib.error.URLError, OSError):
        return False
