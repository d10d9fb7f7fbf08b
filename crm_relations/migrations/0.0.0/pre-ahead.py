"""Whoever reads a table that is in use does not wait to the end of an update."""

from odoo import SUPERUSER_ID, api

from odoo.addons.crm_relations.tools.ahead import add_ahead


def migrate(cr, version):
    # What a new field computes is left to Odoo: an update has no job that fills it.
    add_ahead(api.Environment(cr, SUPERUSER_ID, {}), "crm_relations", computed=False)
