"""A plugin of pytest: whoever asks again what time it is, is told a later second.

Most tests begin and end within a second, and what asks twice for one moment gets the
same one by luck: such a test fails once in some hundred runs, in somebody else's hands.
Here it fails whenever it runs. A clock that a test has frozen stands still.
"""

import datetime

import pytest

from odoo.orm import fields_temporal

# In a tuple, where freezegun does not look for clocks to stop.
REAL = (datetime.datetime,)
# Seconds that a test is told at most beyond what its class was told: a browser, and a
# server beside the test, have the clock of the machine, and may be five minutes behind.
MOST = 4 * 60
QUARTER = 15  # minutes: days begin and end at one, all over the world


def get_told(moment, seconds):
    """Return what is told at a moment for the time so many seconds later: none of
    another quarter, for a test may know that it runs on one and the same day."""
    last = moment.replace(
        minute=moment.minute // QUARTER * QUARTER + QUARTER - 1, second=59
    )
    return max(moment, min(moment + datetime.timedelta(seconds=seconds), last))


class _Alike(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, REAL[0])

    def __subclasscheck__(cls, other):
        return issubclass(other, REAL[0])


class Clock(REAL[0], metaclass=_Alike):
    """Stands for ``datetime`` where Odoo's fields ask for the time."""

    told, most, quarter = 0, MOST, None

    def __new__(cls, *arguments, **named):
        return datetime.datetime(*arguments, **named)

    @classmethod
    def now(cls, tz=None):
        moment = datetime.datetime.now(tz)
        if datetime.datetime is not REAL[0]:  # frozen
            return moment
        return cls.tell(moment)

    @classmethod
    def tell(cls, moment):
        """Return what is told at a moment. In a new quarter it begins anew: what was
        held back at the end of the last one would be told at once, as if minutes had
        gone by."""
        quarter = int(moment.timestamp()) // (60 * QUARTER)
        if quarter != cls.quarter:
            cls.quarter, cls.told = quarter, 0
        cls.told = min(cls.told + 1, cls.most)
        return get_told(moment, cls.told)

    @classmethod
    def begin(cls, told):
        cls.told, cls.most = told, told + MOST


class _Turns:
    """Each test begins when its class was ready."""

    def __init__(self):
        self.last, self.ready = None, 0

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item):
        is_first = item.parent is not self.last
        Clock.begin(0 if is_first else self.ready)
        result = yield
        if is_first:
            self.last, self.ready = item.parent, Clock.told
            Clock.begin(self.ready)
        return result


def pytest_configure(config):
    fields_temporal.datetime = Clock
    config.pluginmanager.register(_Turns())
