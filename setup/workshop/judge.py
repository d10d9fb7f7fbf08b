"""A plugin of pytest that is as strict as Odoo's own runner, and stricter.

A test fails when an error was logged while it ran, unless the test muted that logger,
and when it was skipped for a reason that does not start with "optional:".
"""

import contextlib
import logging
import time

import pytest

from workshop import paths

TOUR = "_tour.py"
OPTIONAL = "optional:"
# The page was closed while it still loaded something, after the test had its result.
HARMLESS = "Error received after termination"
STARTED = pytest.StashKey[float]()
BROWSER = ("chrome", "websocket-client", "httpcase", "--odoo-http")


def pytest_addoption(parser):
    parser.addoption("--no-tours", action="store_true", help="leave out test_*_tour.py")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--no-tours"):
        tours = [item for item in items if item.path.name.endswith(TOUR)]
        items[:] = [item for item in items if item not in tours]
        config.hook.pytest_deselected(items=tours)


class Listener(logging.Handler):
    """Keeps the errors that reach the root logger; muted ones do not reach it."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.messages = []

    def emit(self, record):
        text = self.format(record)
        if record.name.startswith("odoo.") and not text.startswith(HARMLESS):
            self.messages.append(f"{record.levelname} {record.name}: {text}")


@contextlib.contextmanager
def _listening():
    listener = Listener()
    logging.getLogger().addHandler(listener)
    try:
        yield listener
    finally:
        logging.getLogger().removeHandler(listener)


def _now():
    # A test that freezes the clock freezes what pytest measures by as well.
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def _judged(item):
    """Run a phase of a test, and fail it for what was logged meanwhile."""
    item.stash[STARTED] = _now()
    with _listening() as listener:
        result = yield
    if listener.messages:
        logged = "\n".join(listener.messages)
        pytest.fail(f"Odoo logged an error during this test:\n{logged}", pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    return (yield from _judged(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    return (yield from _judged(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    return (yield from _judged(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    report.duration = _now() - item.stash.get(STARTED, _now())
    return _judge_skip(report, item.path)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    return _judge_skip(report, collector.path)


def _judge_skip(report, path):
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = _reason(report)
        if not is_permitted(reason, path.is_relative_to(paths.PROJECT)):
            report.outcome = "failed"
            report.longrepr = (
                f"{reason}: a test may be skipped only as '{OPTIONAL} ...'"
            )
    return report


def _reason(report):
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    return str(text).removeprefix("Skipped: ")


def is_permitted(reason, ours):
    """Return whether a test may be skipped: ours are held to the rule, others are not
    to miss a browser or a server."""
    if ours:
        return reason.startswith(OPTIONAL)
    return not any(word in reason.lower() for word in BROWSER)
