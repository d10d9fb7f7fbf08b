"""What several runs of pytest came to, as one summary.

A plugin of pytest writes a line for each test; the command reads the lines of all runs.
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

SLOWEST = 20


def pytest_addoption(parser):
    parser.addoption("--tally", help="file to write the outcome of each test to")


def pytest_configure(config):
    path = config.getoption("--tally")
    # The workers of xdist hand their reports to the process that started them.
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Writer(Path(path)))


class _Writer:
    def __init__(self, path):
        self.path = path

    def pytest_runtest_logreport(self, report):
        self._write(report, report.when)

    def pytest_collectreport(self, report):
        if report.failed:
            self._write(report, "collect")

    def _write(self, report, phase):
        line = {
            "test": report.nodeid,
            "phase": phase,
            "outcome": report.outcome,
            "seconds": getattr(report, "duration", 0),
        }
        with open(self.path, "a") as file:
            file.write(json.dumps(line) + "\n")


@dataclass
class Tally:
    """The phases of all tests that ran."""

    lines: list

    @classmethod
    def read(cls, paths):
        texts = [path.read_text() for path in paths if path.exists()]
        return cls([json.loads(line) for text in texts for line in text.splitlines()])

    def failed(self):
        """Return the names of what failed, each once, in order."""
        names = [line["test"] for line in self.lines if line["outcome"] == "failed"]
        return sorted(set(names))

    def passed(self):
        called = {
            line["test"]
            for line in self.lines
            if line["phase"] == "call" and line["outcome"] == "passed"
        }
        return sorted(called - set(self.failed()))

    def skipped(self):
        names = {line["test"] for line in self.lines if line["outcome"] == "skipped"}
        return sorted(names - set(self.failed()))

    def slowest(self, count=SLOWEST):
        """Return ``[(seconds, test)]``, the preparation of a class with the test that
        came first in it."""
        phases = {}
        for line in self.lines:  # one for each part of a test with parts, too
            key = line["test"], line["phase"]
            phases[key] = max(line["seconds"], phases.get(key, 0))
        seconds = Counter()
        for (test, _phase), took in phases.items():
            seconds[test] += took
        return [(took, test) for test, took in seconds.most_common(count)]

    def report(self):
        """Return the lines to show at the end."""
        slowest = [f"{took:8.1f} s  {test}" for took, test in self.slowest()]
        failed = [f"FAILED {name}" for name in self.failed()]
        counts = f"{len(self.passed())} passed, {len(self.failed())} failed"
        if self.skipped():
            counts += f", {len(self.skipped())} skipped"
        return ["", f"The slowest {len(slowest)} tests:", *slowest, "", *failed, counts]
