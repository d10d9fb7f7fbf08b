"""A plugin of pytest: what costs time and proves nothing is left out."""

import ast
import functools
import gc
import sys
import warnings
from unittest.mock import patch

import freezegun.api
import pytest
import pytest_odoo
from _pytest.unittest import TestCaseFunction
from hypothesis.internal.conjecture import providers
from passlib.context import CryptContext

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service import model
from odoo.tests.common import get_db_name

from odoo.addons.base.models import ir_module, res_users

from workshop import paths

# Objects made before the collector looks at the young ones: tests make many at once,
# and nearly all of them live as long as the test.
YOUNG = 20_000


def _get_module_state(module):
    """Tell modules apart by how much is in them: freezegun compares all names of all
    modules of Odoo whenever a clock is frozen, some thousand times."""
    return f"{id(module)}-{len(getattr(module, '__dict__', ()))}"


freezegun.api._get_module_attributes_hash = _get_module_state


def _tells_time(item):
    _name, module = item
    named = getattr(module, "__name__", None)
    return named and freezegun.api._get_cached_module_attributes(module)


class _Clocks:
    """Stands for ``sys`` in freezegun: of three thousand modules that are loaded, a
    hundred know what time it is, and only a module that is loaded later can be new
    among them."""

    def __init__(self):
        self._known, self._count = {}, 0

    def __getattr__(self, name):
        return getattr(sys, name)

    @property
    def modules(self):
        if self._count == len(sys.modules):
            return self._known
        if not freezegun.api.freeze_factories:  # the clocks are being set right again
            return sys.modules
        self._count = len(sys.modules)
        with warnings.catch_warnings():  # to look at a name may warn of it
            warnings.simplefilter("ignore")
            self._known = dict(filter(_tells_time, list(sys.modules.items())))
        return self._known


freezegun.api.sys = _Clocks()


_is_local = providers.is_local_module_file


def _is_ours(path):
    """Tell our modules apart: hypothesis tries the numbers and words that are written
    in them, and takes what is not among Python's packages, all of Odoo, for ours."""
    return path.startswith(str(paths.PROJECT)) and _is_local(path)


providers.is_local_module_file = _is_ours


class _Manifests:
    """Stands for ``ast`` in pytest-odoo, which reads the manifest of its addon for each
    file and folder of tests: here it is read once."""

    literal_eval = staticmethod(functools.cache(ast.literal_eval))


pytest_odoo.ast = _Manifests()

_add_part = TestCaseFunction.addSubTest


def _add_failed_part(self, test_case, test, exc_info):
    """Report parts of tests that failed: the others are thirty thousand, and each goes
    from process to process and through all plugins to say nothing."""
    if exc_info is not None:
        _add_part(self, test_case, test, exc_info)


TestCaseFunction.addSubTest = _add_failed_part


@pytest.fixture(scope="session", autouse=True)
def public_once(load_registry):
    """Ask once whether a method may be called from outside: to look for it in each of
    two hundred classes, and in those before each, takes a millisecond."""
    find, known = model.get_public_method, {}

    def find_once(records, name):
        key = type(records), name
        method = getattr(type(records), name, None)  # as it is patched now
        if key not in known or known[key] is not method:
            known[key] = find(records, name)
        return known[key]

    model.get_public_method = find_once


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


@pytest.fixture(scope="session", autouse=True)
def people_once(load_registry):
    """Let the people of the small world be there: four hundred classes would make the
    same eight users, and forget all rights with each."""
    # Where our addons are is known by now.
    from odoo.addons.crm_relations.tests.common.people import find_people

    hashed_once = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1)
    users = res_users.ResUsersPatchedInTest
    with (
        patch.object(users, "_crypt_context", lambda _self: hashed_once),
        Registry(get_db_name()).cursor() as cr,
    ):
        find_people(api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True}))


@pytest.fixture(scope="session", autouse=True)
def descriptions_once(load_registry):
    """Draw the description of each of Odoo's addons once: they are files, and whoever
    reads all fields as all roles reads three hundred of them each time."""
    publish, known = ir_module.publish_string, {}

    def publish_once(source, **options):
        if source not in known:
            known[source] = publish(source=source, **options)
        return known[source]

    ir_module.publish_string = publish_once
