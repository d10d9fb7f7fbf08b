"""A plugin of pytest: the tours of a process share a browser, each in a tab of its own.

To start one takes a second, to end it half of one, and each begins by reading and
compiling the same scripts. What a page can keep (cookies, storage, workers) is cleared
after each tour; after a failure the browser goes, and the next tour gets a new one.
"""

import atexit
import concurrent.futures
import json
import shutil
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
import websocket

from odoo.tests import common
from odoo.tests.common import HOST, ChromeBrowser

# Starts a program as nobody's child, for Odoo ends the children that a class of tests
# has left; ends it, and removes its folder, once nobody holds this standard input.
WATCHED = (
    *("sh", "-c"),
    'exec 3<&0; { "$@" 3<&- & read -r _ <&3; kill $!; wait; rm -rf "$0"; } <&- &',
)
PAUSE = 0.02  # seconds between two looks
PATIENCE = 15
# A page that was left is gone, with the workers that it shared.
GONE = "--disable-features=BackForwardCache"
STORED = "cookies,local_storage,indexeddb,cache_storage,service_workers"


class _Browser:
    """A browser that goes on living, to Odoo one of the processes it starts."""

    def __init__(self, command, folder):
        self.folder = folder
        with open(Path(folder) / "err.log", "wb") as log:
            # As Odoo itself does.
            # pylint: disable=subprocess-popen-preexec-fn
            self._watch = subprocess.Popen(  # noqa: PLW1509
                [*WATCHED, folder, *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=log,
                preexec_fn=common._preexec,
            )
        self._watch.wait()
        self.pid = self._watch.pid
        atexit.register(self.terminate)
        self.port = self._find_port()

    def _find_port(self):
        path = Path(self.folder) / "DevToolsActivePort"
        for _attempt in range(int(PATIENCE / PAUSE)):
            time.sleep(PAUSE)
            text = path.read_text() if path.exists() else ""
            if "\n" in text:
                return int(text.split()[0])
        log = path.with_name("err.log").read_text(errors="replace")
        self.terminate()
        raise AssertionError(f"The browser did not start:\n{log}")

    def poll(self):
        """Return None while it lives, as a process does."""
        return 0 if self._watch.stdin.closed else None

    def terminate(self):
        self._watch.stdin.close()

    def wait(self, timeout=None):
        """Nobody waits for its end: who holds its standard input sees to it."""

    def open_tab(self):
        """Return the address by which one speaks to a new tab."""
        return json.loads(self._ask("new?about:blank", "PUT"))["webSocketDebuggerUrl"]

    def close_tabs(self):
        """Close all tabs but the first, without which it would end."""
        end = time.monotonic() + PATIENCE
        while pages := self._get_pages()[1:]:
            if time.monotonic() > end:
                raise TimeoutError("A tab stays open.")
            for page in pages:
                self._ask(f"close/{page}")
            time.sleep(PAUSE)

    def _get_pages(self):
        """Return the ids of all tabs, the first one first."""
        pages = json.loads(self._ask("list"))
        found = [page["id"] for page in pages if page["type"] == "page"]
        if not hasattr(self, "_first"):
            self._first = found[0]
        return sorted(found, key=lambda page: page != self._first)

    def _ask(self, path, method="GET"):
        """Ask the small server that it has for this."""
        address = f"http://{HOST}:{self.port}/json/{path}"
        request = urllib.request.Request(address, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.read()


class _SharedBrowser(ChromeBrowser):
    """Odoo's browser of one tour, as a tab of one that goes on living."""

    KEPT = {}  # by whether it has a screen to touch

    def _chrome_start(self, *, touch_enabled, **options):
        browser = self.KEPT.get(touch_enabled)
        if not browser or browser.poll() is not None:
            browser, _port = super()._chrome_start(
                touch_enabled=touch_enabled, **options
            )
            browser._get_pages()
            self.KEPT[touch_enabled] = browser
        return browser, browser.port

    def _spawn_chrome(self, cmd):
        browser = _Browser([*cmd[:-1], GONE, cmd[-1]], self.user_data_dir)
        return browser, browser.port

    def _open_websocket(self):
        found = websocket.create_connection(
            self.chrome.open_tab(), enable_multithread=True, suppress_origin=True
        )
        found.settimeout(0.01)
        return found

    def _websocket_request(self, method, **options):
        if method == "Runtime.evaluate":
            time.sleep(PAUSE)  # Odoo asks whether a page is ready without a pause
        return super()._websocket_request(method, **options)

    def stop(self):
        try:
            self._leave()
        except Exception:  # whatever it was, the next tour gets a new browser
            self.chrome.terminate()
            return super().stop()
        return None

    def _leave(self):
        """Close the tab, so that nothing of this tour reaches the next."""
        if self.had_failure or not self._result.done() or self._result.exception():
            raise AssertionError("The tour failed.")
        self.screencaster.stop()
        self._websocket_request("Page.stopLoading")
        self.navigate_to("about:blank", wait_stop=True)
        origin = {"origin": self.test_case.base_url(), "storageTypes": STORED}
        self._websocket_request("Storage.clearDataForOrigin", params=origin)
        self._websocket_request("Network.clearBrowserCookies")
        concurrent.futures.wait(self._responses.values(), PATIENCE)
        self._result.cancel()
        self.chrome.close_tabs()
        self.ws.close()
        self._receiver.join(PATIENCE)
        if self.user_data_dir != self.chrome.folder:
            shutil.rmtree(self.user_data_dir, ignore_errors=True)
        if self.sigxcpu_handler:
            signal.signal(signal.SIGXCPU, self.sigxcpu_handler)


@pytest.fixture(scope="session", autouse=True)
def shared_browser(load_registry):
    common.ChromeBrowser = _SharedBrowser
