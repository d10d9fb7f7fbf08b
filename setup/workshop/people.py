"""A plugin of pytest: the people that nearly all tests know are made once.

To make them anew for each class took a sixth of the time of all tests.
"""

from unittest.mock import patch

import pytest
from passlib.context import CryptContext

import odoo.modules.registry
from odoo import SUPERUSER_ID, api
from odoo.tests.common import get_db_name

CONTEXT = "odoo.addons.base.models.res_users.ResUsersPatchedInTest._crypt_context"


@pytest.fixture(scope="session", autouse=True)
def people(load_registry):
    """Make them in the database of this process; they stay."""
    from odoo.addons.crm_relations.tests.common.people import find_people

    # As Odoo's own tests do: to make a password safe takes longer than all else.
    fast = CryptContext(["pbkdf2_sha512", "plaintext"], pbkdf2_sha512__rounds=1)
    with patch(CONTEXT, lambda self: fast):
        with odoo.modules.registry.Registry(get_db_name()).cursor() as cr:
            find_people(api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"}))
