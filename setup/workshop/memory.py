"""A plugin of pytest: what Odoo has looked up stays known, as on a server.

Odoo's own cases forget all that the registry keeps after each test, and the next one
reads rights, views, external ids and bundles anew. A server keeps them until a change
clears them. So here: after a test all is known that was known when it began, after a
class what was known before it. Routes and bundles that nobody has changed also stay
when a test was the first to read them; the rest does not, so that a test takes as many
statements whatever ran before it.
"""

import pytest

from odoo.modules.registry import Registry
from odoo.tests.common import TransactionCase, get_db_name
from odoo.tools.lru import LRU

# What hardly any test changes, and takes longest to make.
LEARNED = ("assets", "routing", "routing.rewrites")


class Memory(LRU):
    """One of the registry's caches, that goes back when what it followed is undone."""

    def __init__(self, count, learns):
        super().__init__(count)
        self._learns = learns
        # Of each level what was known: None as long as nothing is to go back.
        self._levels = []

    def begin(self):
        self._levels.append(None if self._learns else self.snapshot)

    def clear(self):
        if self._levels and self._levels[-1] is None:
            self._levels[-1] = self.snapshot
        return super().clear()

    def end(self):
        known = self._levels.pop()
        if known is not None:
            with self._lock:
                self._values, self._ordering = known, dict.fromkeys(known)


class _Level:
    """Tells all caches of a registry where a class or a test begins and ends."""

    def __init__(self, registry):
        caches = registry._Registry__caches
        for name, cache in caches.items():
            if not isinstance(cache, Memory):
                caches[name] = Memory(cache.count, name in LEARNED)
        self._memories = list(caches.values())
        for memory in self._memories:
            memory.begin()

    def end(self):
        for memory in self._memories:
            memory.end()


def _remember_around_classes():
    set_up = TransactionCase.setUpClass.__func__

    def set_up_class(cls):
        # The last to be called: after Odoo's own cleaning, which clears all.
        cls.addClassCleanup(_Level(Registry(get_db_name())).end)
        set_up(cls)

    TransactionCase.setUpClass = classmethod(set_up_class)


def _remember_around_tests():
    set_up = TransactionCase.setUp

    def set_up_test(self):
        set_up(self)
        end = _Level(self.registry).end
        self._cleanups = [
            (end, (), {}) if _forgets(function, self.registry) else (function, *rest)
            for function, *rest in self._cleanups
        ]

    TransactionCase.setUp = set_up_test


def _forgets(function, registry):
    return getattr(function, "__wrapped__", None) == registry.clear_all_caches


@pytest.fixture(scope="session", autouse=True)
def remembering(load_registry):
    _remember_around_classes()
    _remember_around_tests()
