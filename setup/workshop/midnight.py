"""A plugin of pytest: no class of tests runs over midnight.

What a class makes today, a test of it would look for tomorrow: it would fail once in a
night, and never again.
"""

import time

import pytest

HOUR = 60 * 60
DAY = 24 * HOUR
MIDNIGHTS = (0, 16)  # of the companies of tests, in hours of UTC: there and in Shanghai
LONGEST = 90  # seconds that a class may take


def get_pause(moment):
    """Return how many seconds a class that is to begin now has to wait."""
    left = min((hour * HOUR - moment) % DAY for hour in MIDNIGHTS)
    return left if left <= LONGEST else 0


class _Waiting:
    """Waits before the first test of a class."""

    def __init__(self):
        self.last = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        if item.parent is not self.last:
            self.last = item.parent
            # Not by a clock that some test may have frozen.
            time.sleep(get_pause(time.clock_gettime(time.CLOCK_REALTIME)))


def pytest_configure(config):
    config.pluginmanager.register(_Waiting())
