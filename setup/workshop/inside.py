"""Call one function of ours inside Odoo.

Usage: python -m workshop.inside CONFIGURATION DATABASE MODULE:FUNCTION [JSON VALUE ...]

The function gets an environment of the superuser and the values; its result is the last
line on standard output, as JSON.
"""

import importlib
import json
import sys

import odoo.init  # noqa: F401, must come before the rest of Odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


def main(configuration, database, function, *values):
    options = ["-c", configuration, "-d", database, "--no-http"]
    config.parse_config(options, setup_logging=True)
    module, _, name = function.partition(":")
    call = getattr(importlib.import_module(module), name)
    with Registry(database).cursor() as cr:
        result = call(api.Environment(cr, SUPERUSER_ID, {}), *map(json.loads, values))
        cr.commit()
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
