"""What Odoo's own tests come to without and with the suite."""

import pytest

from workshop import paths
from workshop.commands import odoo_tests
from workshop.console import Problem
from workshop.tally import Tally


def _tally(**outcomes):
    return Tally(
        [
            {"test": test, "phase": "call", "outcome": outcome, "seconds": 1}
            for test, outcome in outcomes.items()
        ]
    )


def test_only_what_fails_with_the_suite_alone_counts():
    without = _tally(good="passed", bad="failed", dear="passed")
    ours = _tally(good="passed", bad="failed", dear="failed")
    lines, failed = odoo_tests.compare(without, ours)
    assert failed == ["dear"]
    assert "ONLY WITH THE SUITE dear" in lines
    assert lines[1] == "Odoo's tests: 3 ran, 1 fail without the suite, too."


def test_it_runs_what_the_suite_changes_and_not_with_every_change():
    asked = "crm sale sale_loyalty loyalty calendar mail base event sms"
    assert set(asked.split()) <= set(odoo_tests.CHOSEN)
    assert "--odoo" not in (paths.PROJECT / ".ci" / "run").read_text()


def test_what_the_suite_does_not_change_is_well():
    without = _tally(good="passed", bad="failed")
    assert odoo_tests.compare(without, _tally(good="passed", bad="failed"))[1] == []


@pytest.mark.parametrize("lines", [[], [{"test": "a.py", "phase": "collect"}]])
def test_what_could_not_be_run_is_no_success(lines):
    lines = [line | {"outcome": "failed", "seconds": 0} for line in lines]
    with pytest.raises(Problem, match="could not be run"):
        odoo_tests._check(Tally(lines), "the log")
