from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Have contacts and visits decided anew soon: their clock starts with the owner."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    job = env.ref("crm_relations.ir_cron_contact_dates", raise_if_not_found=False)
    if job:
        job._trigger()
