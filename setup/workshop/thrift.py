"""A plugin of pytest: what costs time and proves nothing is left out."""

import gc

import freezegun.api
import pytest

from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name

# Objects made before the collector looks at the young ones: tests make many at once,
# and nearly all of them live as long as the test.
YOUNG = 20_000


def _get_module_state(module):
    """Tell modules apart by how much is in them: freezegun compares all names of all
    modules of Odoo whenever a clock is frozen, some thousand times."""
    return f"{id(module)}-{len(getattr(module, '__dict__', ()))}"


freezegun.api._get_module_attributes_hash = _get_module_state


@pytest.fixture(scope="session", autouse=True)
def settled_heap(load_registry):
    """Keep the collector from going through all of Odoo again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def plain_companies(load_registry):
    """Give new companies no logo: to draw it in all sizes takes half of their time."""
    Registry(get_db_name())["res.company"]._fields["logo"].default = None
