"""The caches of the registry go back with the transaction, and no further."""

import pytest

from workshop.memory import Memory, _counts


@pytest.fixture
def memory():
    found = Memory(3, learns=True)
    found["before"] = 1
    found.begin()
    return found


def test_what_is_learned_stays_known(memory):
    memory["learned"] = 2
    memory.end()
    assert dict(memory) == {"before": 1, "learned": 2}


def test_what_was_learned_after_a_change_is_undone_with_it(memory):
    memory["learned"] = 2
    memory.clear()
    assert dict(memory) == {}
    memory["changed"] = 3
    memory["before"] = 4
    memory.clear()
    memory["changed again"] = 5
    memory.end()
    assert dict(memory) == {"before": 1, "learned": 2}


def test_a_test_goes_back_to_its_class_and_the_class_to_what_was_before(memory):
    memory.clear()
    memory["of the class"] = 2
    memory.begin()
    memory["learned"] = 3
    memory.clear()
    memory["of the test"] = 4
    memory.end()
    assert dict(memory) == {"of the class": 2, "learned": 3}
    memory.end()
    assert dict(memory) == {"before": 1}


def test_a_class_that_cleared_nothing_keeps_what_its_tests_learned(memory):
    memory.begin()
    memory["learned"] = 2
    memory.clear()
    memory["of the test"] = 3
    memory.end()
    memory.end()
    assert dict(memory) == {"before": 1, "learned": 2}


def test_what_told_of_fields_that_were_made_anew_never_comes_back(memory):
    memory.begin()
    memory["learned"] = 2
    memory.forget()
    memory["of the new ones"] = 3
    memory.end()
    memory.end()
    assert dict(memory) == {}


def test_what_was_known_first_is_forgotten_first(memory):
    memory.clear()
    memory.end()
    for number in range(3):
        memory[number] = number
    assert dict(memory) == {0: 0, 1: 1, 2: 2}


def test_who_counts_knows_nothing_at_first_and_leaves_nothing():
    found = Memory(3, learns=False)
    found["before"] = 1
    for changes in (False, True):
        found.begin(is_strict=True)
        assert dict(found) == {}
        found["of the class"] = 2
        for _test in range(2):
            found.begin(is_strict=True)
            assert dict(found) == {"of the class": 2}
            found["learned"] = 3
            if changes:
                found.clear()
                found["changed"] = 4
            found.end()
        found.end()
        assert dict(found) == {"before": 1}


def test_routes_and_bundles_are_known_to_who_counts_as_well(memory):
    memory.begin(is_strict=True)
    memory["learned"] = 2
    memory.end()
    assert dict(memory) == {"before": 1, "learned": 2}


class _Counter:
    def test_it(self):
        self._count_statements(None)


class _Heir(_Counter):
    pass


def test_who_counts_is_known_by_a_word():
    assert _counts(_Counter) and _counts(_Heir)
    assert not _counts(object)
