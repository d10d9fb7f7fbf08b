from odoo.tools.sql import column_exists, create_column


def migrate(cr, version):
    """Until now ownership was regulated everywhere: an upgrade does not end that."""
    if not column_exists(cr, "res_company", "customers_are_owned"):
        create_column(cr, "res_company", "customers_are_owned", "bool")
    # The column may be there already, made ahead and empty; who has switched it off
    # since has FALSE in it.
    cr.execute(
        "UPDATE res_company SET customers_are_owned = TRUE"
        " WHERE customers_are_owned IS NULL"
    )
