"""Run the steps of the sample inside Odoo; see workshop.inside."""

import json
import re

import sample
from workshop.databases import note_statement

# The address that Odoo takes for its own until somebody tells it a better one.
LOCAL = re.compile(r"http://(localhost|127\.0\.0\.1)(:\d+)?")


def titles(_env):
    """Return the titles of the steps, in order."""
    return [title for title, _function in sample.STEPS]


def take(env, number, note):
    """Take a step and write the database's note in the same transaction."""
    sample.STEPS[number][1](env)
    env.cr.execute(note_statement(env.cr.dbname), [json.dumps(note)])


def welcome(env, address):
    """Return role, login and password of each user to try at an address."""
    lead_here(env, address)
    return sample.logins(env)


def lead_here(env, address):
    """Let links, codes and printed papers lead to the server that starts now.

    They would lead to the port of Odoo's own default, where nothing answers. An address
    beyond this machine is somebody's decision and stays.
    """
    parameters = env["ir.config_parameter"]
    if LOCAL.fullmatch(parameters.get_param("web.base.url") or ""):
        parameters.set_param("web.base.url", address)
