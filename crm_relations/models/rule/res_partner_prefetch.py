from odoo import models


class ResPartner(models.Model):
    """Of a contact that is no customer nobody needs what we keep of customers."""

    _name = "res.partner"
    _inherit = ["res.partner", "crm.fetched.apart.mixin"]

    # What tells whether there is more to ask for, and by whose rules.
    _fetched_with_others = frozenset(
        ("is_managed_customer", "pool_id", "relation_company_id")
    )
