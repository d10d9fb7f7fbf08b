"""Tours share a browser: what one leaves there, another does not find."""

import subprocess
import tempfile
import time
from pathlib import Path

from odoo.tests import BaseCase, HttpCase, tagged

from workshop.browsers import WATCHED

PAGE = "/web/health"  # reads no scripts
LEAVE = """
    localStorage.left = sessionStorage.left = "here";
    document.cookie = "left=here";
    console.log("test successful");
"""
FIND = """
    const found = [localStorage.left, sessionStorage.left, document.cookie];
    if (found.join().includes("here")) console.error("found: " + found);
    else console.log("test successful");
"""


@tagged("post_install", "-at_install")
class TestBrowsers(HttpCase):
    def test_what_a_tour_leaves_is_gone(self):
        self.browser_js(PAGE, LEAVE)
        self.browser_js(PAGE, FIND)

    def test_a_tour_that_fails_is_told_and_the_next_one_runs(self):
        with (
            self.assertRaisesRegex(AssertionError, "something is wrong"),
            self.assertLogs("odoo", "ERROR"),
        ):
            self.browser_js(PAGE, "console.error('something is wrong')")
        self.browser_js(PAGE, FIND)


@tagged("post_install", "-at_install")
class TestWatched(BaseCase):
    def test_a_browser_ends_with_the_process_that_started_it(self):
        """Killed or not: its standard input is closed."""
        folder = Path(self.enterContext(tempfile.TemporaryDirectory())) / "profile"
        folder.mkdir()
        started = subprocess.Popen(
            [*WATCHED, folder, "sh", "-c", 'echo $$ > "$0/pid"; exec sleep 60', folder],
            stdin=subprocess.PIPE,
        )
        started.wait()
        self._wait_for(lambda: (folder / "pid").exists())
        time.sleep(0.2)
        self.assertTrue((folder / "pid").exists(), "lives on")
        process = Path("/proc", (folder / "pid").read_text().strip())
        self.assertTrue(process.exists())
        started.stdin.close()
        self._wait_for(lambda: not process.exists() and not folder.exists())

    def _wait_for(self, happens):
        end = time.monotonic() + 10
        while not happens():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.02)
