from odoo.tools import sql


def migrate(cr, version):
    """Make the column of the new date: the nightly job fills it page by page, the
    update itself would decide it for all customers in one transaction."""
    if not sql.column_exists(cr, "res_partner", "visit_due_date"):
        sql.create_column(cr, "res_partner", "visit_due_date", "date")
