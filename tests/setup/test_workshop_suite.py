"""Which tests run together, and what they came to."""

import json
from datetime import datetime, timezone

import pytest

from workshop import midnight, suite
from workshop.console import Problem
from workshop.tally import Tally

CLOCKS = [(12, 0, 0), (23, 58, 0), (23, 59, 0), (15, 59, 30), (16, 0, 0)]


def test_every_file_of_tests_is_in_the_suite_once():
    files = suite.files()
    assert len(files) == len(set(files)) > 100
    assert "tests/setup/test_workshop_suite.py" in files
    assert "crm_relations/tests/test_pool_claim.py" in files


def test_races_and_kills_come_first():
    names = [name.rsplit("/", 1)[1] for name in suite.files()]
    races = {name for name in names if suite.is_race(name)}
    assert {"test_release_kill.py", "test_pool_parallel.py"} <= races
    assert set(names[: len(races)]) == races


def test_a_room_has_the_tests_of_its_name():
    files = suite.of_room("pool")
    assert "crm_relations/tests/test_pool_claim.py" in files
    assert "tests/test_pool_parallel.py" in files
    assert not [name for name in files if "recycling" in name]


@pytest.mark.parametrize("room", suite.rooms())
def test_every_room_has_tests(room):
    assert suite.of_room(room)


def test_an_unknown_room_is_named():
    with pytest.raises(Problem, match="no room cellar"):
        suite.of_room("cellar")


def _write(path, *lines):
    names = ("test", "phase", "outcome", "seconds")
    rows = [dict(zip(names, line, strict=True)) for line in lines]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture
def tally(tmp_path):
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    _write(
        first,
        ("a", "setup", "passed", 1.0),
        ("a", "call", "passed", 2.0),
        ("a", "call", "passed", 5.0),  # a part of it took less than the whole
        ("b", "call", "failed", 0.5),
        ("b", "teardown", "passed", 0.1),
    )
    _write(
        second,
        ("c", "setup", "skipped", 0.0),
        ("d", "call", "passed", 0.2),
        ("d", "teardown", "failed", 0.3),
        ("e.py", "collect", "failed", 0),
    )
    return Tally.read([first, second, tmp_path / "missing.jsonl"])


def test_runs_are_counted_together(tally):
    assert tally.passed() == ["a"]
    assert tally.failed() == ["b", "d", "e.py"]
    assert tally.skipped() == ["c"]
    assert tally.report()[-1] == "1 passed, 3 failed, 1 skipped"
    assert "FAILED d" in tally.report()


def test_the_slowest_come_first_with_all_their_phases(tally):
    assert tally.slowest(2) == [(6.0, "a"), (0.6, "b")]


def test_twenty_of_the_slowest_are_named_with_what_they_took():
    names = [f"test_{number:02}" for number in range(30)]
    lines = [
        {"test": name, "phase": "call", "outcome": "passed", "seconds": number + 0.5}
        for number, name in enumerate(names)
    ]
    report = Tally(lines).report()
    assert report[1] == "The slowest 20 tests:"
    told = [line.split() for line in report[2:22]]
    assert [words[2] for words in told] == names[:9:-1]
    assert told[0][:2] == ["29.5", "s"]


def test_no_class_begins_just_before_midnight():
    """Of Greenwich, and of Shanghai."""
    moments = [datetime(2026, 3, 1, *clock, tzinfo=timezone.utc) for clock in CLOCKS]
    pauses = [midnight.get_pause(moment.timestamp()) for moment in moments]
    assert pauses == [0, 0, 60, 30, 0]
