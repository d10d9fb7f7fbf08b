"""A plugin of pytest: what Odoo has looked up stays known, as on a server.

Odoo's own cases forget all that the registry keeps after each test, and the next one
reads rights, views, external ids and bundles anew. A server keeps them until a change
clears them. So here: what nobody has changed stays known to the tests that follow; what
was learned after a change goes, when the test or class is undone, with the change.

Tests that count statements begin with what is known to each process from its start, and
with routes and bundles: they take as many whatever ran before them.
"""

import functools
import inspect
import re

import pytest

from odoo.modules.registry import Registry
from odoo.tests.common import TransactionCase, get_db_name
from odoo.tools.lru import LRU

# What hardly any test changes, and takes longest to make.
LEARNED = ("assets", "routing", "routing.rewrites")


# By these words one knows a test that counts.
COUNTING = re.compile(r"\b(_count_statements|assertQueryCount|sql_log_count)\b")


class Memory(LRU):
    """One of the registry's caches, that goes back when what it followed is undone."""

    def __init__(self, count, learns):
        super().__init__(count)
        self._learns = learns
        # Of each level what was known: None as long as nothing is to go back.
        self._levels = []

    def begin(self, is_strict=False):
        """:param is_strict: forget in the end what was learned meanwhile"""
        is_strict = is_strict and not self._learns
        self._levels.append(self.snapshot if is_strict else None)
        if is_strict and len(self._levels) == 1:
            self._know({})

    def clear(self):
        if self._levels and self._levels[-1] is None:
            self._levels[-1] = self.snapshot
        return super().clear()

    def end(self):
        known = self._levels.pop()
        if known is not None:
            self._know(known)

    def forget(self):
        """For good: fields and models have been made anew, of which some of it told."""
        self._levels = [{} for _level in self._levels]
        super().clear()

    def _know(self, values):
        with self._lock:
            self._values, self._ordering = values, dict.fromkeys(values)


class _Level:
    """Tells all caches of a registry where a class or a test begins and ends."""

    def __init__(self, case):
        registry = Registry(get_db_name())
        caches = registry._Registry__caches
        for name, cache in caches.items():
            if not isinstance(cache, Memory):
                caches[name] = Memory(cache.count, name in LEARNED)
        self._memories = list(caches.values())
        for memory in self._memories:
            memory.begin(_counts(case))

    def end(self):
        for memory in self._memories:
            memory.end()


@functools.cache
def _counts(case):
    """Tell whether a class has tests that count statements."""
    return any(_names_a_count(one) for one in case.__mro__ if _is_of_a_test(one))


def _is_of_a_test(one):
    """Tell a class of a file of tests from those that many share, and from Odoo's."""
    return one.__module__.rpartition(".")[2].startswith("test_")


@functools.cache
def _names_a_count(one):
    return bool(COUNTING.search(inspect.getsource(one)))


def _remember_around_classes():
    set_up = TransactionCase.setUpClass.__func__

    def set_up_class(cls):
        # The last to be called: after Odoo's own cleaning, which clears all.
        cls.addClassCleanup(_Level(cls).end)
        set_up(cls)

    TransactionCase.setUpClass = classmethod(set_up_class)


def _remember_around_tests():
    set_up = TransactionCase.setUp

    def set_up_test(self):
        set_up(self)
        end = _Level(type(self)).end
        self._cleanups = [
            (end, (), {}) if _forgets(function, self.registry) else (function, *rest)
            for function, *rest in self._cleanups
        ]

    TransactionCase.setUp = set_up_test


def _forget_with_models():
    set_up = Registry._setup_models__

    def set_up_models(self, cr, model_names=None):
        set_up(self, cr, model_names)
        for cache in self._Registry__caches.values():
            if isinstance(cache, Memory):
                cache.forget()

    Registry._setup_models__ = set_up_models


def _forgets(function, registry):
    return getattr(function, "__wrapped__", None) == registry.clear_all_caches


@pytest.fixture(scope="session", autouse=True)
def remembering(load_registry):
    _remember_around_classes()
    _remember_around_tests()
    _forget_with_models()
