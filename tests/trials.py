"""How many random cases a test tries.

An ordinary run tries a part of them, the same ones each time; ``setup/test --thorough``
tries all, before a release.
"""

import math
import os

PART = 0.4
IS_THOROUGH = bool(os.environ.get("CRM_RELATIONS_THOROUGH"))


def trials(count):
    """Return how many of so many cases this run tries."""
    return count if IS_THOROUGH else math.ceil(count * PART)
