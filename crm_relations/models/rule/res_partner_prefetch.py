from odoo import api, models

from .res_partner import is_ours

# What is fetched together once one of these fields is asked for.
CUSTOMER = "crm_relations"
# What tells whether there is more to ask for, and by whose rules: read of all.
OF_ALL = frozenset(("is_managed_customer", "pool_id", "relation_company_id"))


class ResPartner(models.Model):
    """Who reads a contact reads Odoo's columns of it, not ours.

    The ORM fetches all columns of a record with the first that is asked for. Ours are
    as many as Odoo's, and nobody needs them of a contact that is no customer: they are
    a group of their own, fetched when one of them is asked for.
    """

    _inherit = "res.partner"

    @api.model
    def _post_model_setup__(self):
        result = super()._post_model_setup__()
        for name, field in self._fields.items():
            if is_ours(field) and field.prefetch is True and name not in OF_ALL:
                field.prefetch = CUSTOMER
        return result
