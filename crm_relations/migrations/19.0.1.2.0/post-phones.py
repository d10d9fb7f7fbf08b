from odoo import api


def migrate(cr, version):
    """Clean the numbers that Odoo could not place, as it is done when one is typed."""
    env = api.Environment(cr, api.SUPERUSER_ID, {})
    env["res.partner"]._refresh_phone_numbers()
