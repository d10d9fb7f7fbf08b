"""All that a command with Odoo needs, prepared in order."""

import contextlib
import os

from workshop import odoo_home, paths, postgres, system_packages
from workshop.databases import Databases
from workshop.locks import locked
from workshop.odoo_command import OdooCommand

# Odoo prefers these to its configuration, which already says what they may have said.
OVERRIDING = (
    *("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGDATABASE_TEMPLATE"),
    *("ODOO_RC", "OPENERP_SERVER"),
)


class Workplace:
    """Odoo, its database server and what the addons are, ready for use."""

    def __init__(self, home, server, missing):
        for name in OVERRIDING:
            os.environ.pop(name, None)
        self.odoo = OdooCommand(home, server)
        self.databases = Databases(server)
        self.missing = missing


@contextlib.contextmanager
def opened(needs):
    """Give the workplace; what it started stops at the end.

    :param needs: system packages that the command would like to have
    """
    with locked(paths.private_folder() / "prepare.lock", "preparing Odoo"):
        home = odoo_home.ensure()
        missing = system_packages.ensure(needs)
    with postgres.running() as server:
        yield Workplace(home, server, missing)
