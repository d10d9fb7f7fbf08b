"""The plugin that judges logged errors and skipped tests, on a pytest of its own."""

import os
import re
import subprocess
import sys

import pytest

from workshop import judge, paths

TESTS = """
import contextlib, logging, unittest
import freezegun, pytest
log = logging.getLogger("odoo.addons.x")

def test_quiet(): log.warning("fine")
def test_logs(): log.error("boo")
def test_other_program(): logging.getLogger("urllib3").error("boo")
def test_caught():
    with unittest.TestCase().assertLogs("odoo.addons.x", "ERROR"):
        log.error("boo")
def test_late(request): request.addfinalizer(lambda: log.error("late"))
@pytest.fixture
def noisy(): log.error("early")
def test_early(noisy): pass
@pytest.mark.skip("Chrome executable not found")
def test_browser(): pass
@pytest.mark.skip("optional: other system")
def test_optional(): pass
@pytest.mark.skip("some reason of others")
def test_others(): pass
@pytest.mark.xfail
def test_expected(): assert False
@pytest.fixture
def frozen():
    with freezegun.freeze_time("2001-01-01"):
        yield
def test_frozen(frozen): pass
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """What pytest says of the tests above, in a file outside the project."""
    file = tmp_path_factory.mktemp("outside") / "test_outside.py"
    file.write_text(TESTS)
    file.with_name("test_x_tour.py").write_text("def test_tour(): assert False\n")
    argv = [sys.executable, "-m", "pytest", "-p", "no:odoo", "-p", "workshop.judge"]
    argv += ["-p", "no:cacheprovider", "-rA", "--no-tours", "--tb=no"]
    argv += ["--durations=0", "-vv", str(file.parent)]
    environment = {**os.environ, "PYTHONPATH": str(paths.SETUP)}
    done = subprocess.run(
        argv, env=environment, cwd=file.parent, capture_output=True, text=True
    )
    return done.stdout


@pytest.mark.parametrize("name", ["logs", "early", "late", "browser"])
def test_what_fails(outcome, name):
    assert f"::test_{name} - " in outcome
    assert any(
        line.startswith(("FAILED", "ERROR")) and f"::test_{name} " in line
        for line in outcome.splitlines()
    )


@pytest.mark.parametrize("name", ["quiet", "other_program", "caught"])
def test_what_passes(outcome, name):
    assert any(
        line.startswith("PASSED") and line.endswith(f"::test_{name}")
        for line in outcome.splitlines()
    )


def test_tours_are_left_out_when_asked(outcome):
    assert "1 deselected" in outcome


def test_others_may_skip_for_reasons_of_their_own(outcome):
    assert "2 skipped" in outcome and "1 xfailed" in outcome


@pytest.mark.parametrize(
    ("reason", "ours", "permitted"),
    [
        ("optional: no such system", True, True),
        ("because", True, False),
        ("because", False, True),
        ("it is an HttpCase and --odoo-http is not set", False, False),
    ],
)
def test_which_skips_are_permitted(reason, ours, permitted):
    assert judge.is_permitted(reason, ours) is permitted


def test_a_frozen_clock_does_not_change_how_long_a_test_takes(outcome):
    took = re.findall(r"(-?[\d.]+)s (?:setup|call|teardown) .*::test_frozen", outcome)
    assert len(took) == 3
    assert all(0 <= float(seconds) < 10 for seconds in took)
