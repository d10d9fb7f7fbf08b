"""A running Odoo with several worker processes, and people who call it at once."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scratch import CONFIGURATION, ODOO

PATIENCE = 120


class OdooServer:
    """Serves the database of a ``Scratch`` over HTTP by ``workers`` processes."""

    def __init__(self, scratch, workers=4):
        self._port, evented = _get_free_ports(2)
        self._log = tempfile.NamedTemporaryFile("w+", suffix=".log")
        argv = [*ODOO, "server", "-c", CONFIGURATION, "-d", scratch.name]
        argv += [f"--workers={workers}", "--max-cron-threads=0"]
        argv += [f"--http-port={self._port}", f"--gevent-port={evented}"]
        argv += ["--http-interface=127.0.0.1", f"--db-filter=^{scratch.name}$"]
        self._process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,  # its workers end with it
        )

    def __enter__(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self._process.poll() is None:
            with contextlib.suppress(OSError):
                self._open(urllib.request.Request(self._get_url("/web/health")))
                return self
            time.sleep(0.2)
        self.close()
        raise AssertionError(f"Odoo did not start:\n{self.said()}")

    def __exit__(self, *_error):
        self.close()

    def close(self):
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(3)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def said(self):
        return Path(self._log.name).read_text(errors="replace")[-5000:]

    def call(self, key, method, ids, model="res.partner", **values):
        """Call a method of these records; return the status and what came back."""
        request = urllib.request.Request(
            self._get_url(f"/json/2/{model}/{method}"),
            data=json.dumps({"ids": ids, **values}).encode(),
            headers={
                "Authorization": f"bearer {key}",
                "Content-Type": "application/json; charset=utf-8",
            },
        )
        try:
            return 200, json.loads(self._open(request))
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")

    def call_at_once(self, calls):
        """Make all ``(key, method, ids, values)`` at the same time, each from a
        connection of its own; return ``[(status, answer)]`` in their order."""
        with ThreadPoolExecutor(len(calls)) as callers:
            waiting = [
                callers.submit(self.call, key, method, ids, **values)
                for key, method, ids, values in calls
            ]
        return [one.result() for one in waiting]

    def _get_url(self, path):
        return f"http://127.0.0.1:{self._port}{path}"

    def _open(self, request):
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310, our own server
            return response.read()


def _get_free_ports(count):
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _n in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
