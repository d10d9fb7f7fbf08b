from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Move out of sight what pools hid by masks until now."""
    if version:
        api.Environment(cr, SUPERUSER_ID, {})["crm.hidden.value"]._settle_all()
