"""Who asks twice what time it is, is told two moments."""

from datetime import datetime, timedelta

import pytest
from freezegun import freeze_time

from workshop import ticking
from workshop.ticking import Clock, get_told

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def begun():
    told, most = Clock.told, Clock.most
    Clock.begin(0)
    yield
    Clock.told, Clock.most = told, most


def test_each_second_that_is_told_is_later(monkeypatch):
    monkeypatch.setattr(ticking, "get_told", lambda _moment, seconds: seconds)
    assert [Clock.now() for _number in range(3)] == [1, 2, 3]


def test_a_test_begins_when_its_class_was_ready_and_is_told_so_much(monkeypatch):
    monkeypatch.setattr(ticking, "get_told", lambda _moment, seconds: seconds)
    Clock.begin(5)
    told = [Clock.now() for _number in range(ticking.MOST + 1)]
    assert told[0] == 6
    assert told[-2:] == [5 + ticking.MOST] * 2


def test_what_is_told_is_of_the_same_quarter():
    moment = datetime(2026, 3, 1, 23, 59, 57, 500)
    told = [get_told(moment, seconds) for seconds in (1, 2, 3, 900)]
    last = datetime(2026, 3, 1, 23, 59, 59, 500)
    assert told == [moment + SECOND, last, last, last]
    midnight = datetime(2026, 3, 2)
    assert get_told(midnight, 900) == datetime(2026, 3, 2, 0, 14, 59)


def test_a_new_quarter_begins_a_second_later():
    Clock.tell(datetime(2026, 3, 1, 23, 45))
    Clock.begin(100)
    told = [
        Clock.tell(datetime(2026, 3, day, hour, minute, second))
        for day, hour, minute, second in ((1, 23, 59, 50), (2, 0, 0, 0), (2, 0, 0, 0))
    ]
    last = datetime(2026, 3, 1, 23, 59, 59)
    assert told == [last, last + 2 * SECOND, last + 3 * SECOND]


def test_a_frozen_clock_stands_still():
    with freeze_time("2026-03-01 12:00:00"):
        assert Clock.now() == Clock.now() == datetime(2026, 3, 1, 12)


def test_what_is_a_moment_elsewhere_is_one_here():
    assert isinstance(datetime(2026, 3, 1), Clock)
    assert issubclass(datetime, Clock)
    assert type(Clock(2026, 3, 1)) is datetime
