from odoo.tools.sql import column_exists, create_column


def migrate(cr, version):
    """Make the column empty: Odoo would compute it for every contact in the update."""
    if not column_exists(cr, "res_partner", "phone_digits"):
        create_column(cr, "res_partner", "phone_digits", "varchar")
